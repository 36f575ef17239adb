import type { ComponentChildren } from 'preact';
import type { Status } from '../api/types.ts';
import { texts } from '../texts.ts';
import { Card } from '../ui/card.tsx';
import { formatBytes } from '../ui/format.ts';
import { Meter } from '../ui/meter.tsx';
import { Time } from '../ui/time.tsx';

const words = texts.health;

function Fact({ label, children, kind = 'plain' }: { label: string; children: ComponentChildren; kind?: string }) {
  return (
    <div class={`fact ${kind}`}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What would go wrong first. */
export function HealthStrip({ status }: { status: Status }) {
  const { bell, lastSyncAt, inbox, outbox, installations, identityUpdates, disk, budget } = status;
  const bellWord =
    bell === null ? texts.unknown : bell.up ? words.bellUp : bell.enabled ? words.bellDown : words.bellOff;
  return (
    <Card title={words.title} class="health">
      <dl class="strip">
        <Fact label={words.bell} kind={bell !== null && bell.enabled && !bell.up ? 'warn' : 'plain'}>
          {bellWord}
        </Fact>
        <Fact label={words.sync}>
          <Time at={lastSyncAt} />
        </Fact>
        <Fact label={words.inbox}>
          {inbox?.pending ?? '–'} <small>{words.pending}</small>
          {(inbox?.dead ?? 0) > 0 && (
            <small class="loud">
              {inbox?.dead} {words.dead}
            </small>
          )}
        </Fact>
        <Fact label={words.outbox}>
          {outbox?.unsettled ?? '–'} <small>{words.unsettled}</small>
        </Fact>
        <Fact label={words.installations}>
          {installations === null ? '–' : words.of(installations.used, installations.limit)}
          {installations !== null && (
            <Meter
              value={installations.used}
              limit={installations.limit}
              label={words.of(installations.used, installations.limit)}
            />
          )}
        </Fact>
        <Fact label={words.identity} kind={identityUpdates?.warning === true ? 'warn' : 'plain'}>
          {identityUpdates === null ? '–' : words.of(identityUpdates.used, identityUpdates.limit)}
          {identityUpdates !== null && (
            <Meter
              value={identityUpdates.used}
              limit={identityUpdates.limit}
              label={words.of(identityUpdates.used, identityUpdates.limit)}
            />
          )}
        </Fact>
        <Fact label={words.disk}>
          {disk === null ? '–' : formatBytes(disk.free)} <small>{words.free}</small>
          {disk !== null && (
            <Meter
              value={disk.total - disk.free}
              limit={disk.total}
              label={`${formatBytes(disk.free)} ${words.free}`}
              full={1 - Math.min(0.05, 268_435_456 / disk.total)}
            />
          )}
        </Fact>
        <Fact label={words.budget}>
          {budget?.reads === null || budget === null ? (
            <small>{texts.notNow}</small>
          ) : (
            <>
              {budget.reads.left} <small>{words.reads}</small>
              <Meter
                value={budget.reads.limit - budget.reads.left}
                limit={budget.reads.limit}
                label={`${budget.reads.left} ${words.reads}`}
              />
            </>
          )}
        </Fact>
      </dl>
    </Card>
  );
}
