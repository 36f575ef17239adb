import type { Status } from '../api/types.ts';
import { texts } from '../texts.ts';
import { Address } from '../ui/address.tsx';
import { Badge } from '../ui/badge.tsx';
import { Card } from '../ui/card.tsx';
import { InertText } from '../ui/inert-text.tsx';
import { QrCode } from '../ui/qr-code.tsx';
import { Time } from '../ui/time.tsx';

const words = texts.identity;

/** Name, address, network, and whether anybody may write. */
export function Identity({ status }: { status: Status }) {
  const { name, address, env, mode, inboxId, version, startedAt } = status;
  return (
    <Card title={words.title} class="identity">
      <div class="identity-row">
        {address !== null && <QrCode text={address} label={words.qr(address)} />}
        <div class="identity-facts">
          <p class="agent-name">
            <InertText text={name} />
          </p>
          <p class="badges">
            <Badge kind={mode === 'open' ? 'bad' : 'good'}>{mode === 'open' ? words.open : words.closed}</Badge>
          </p>
        </div>
      </div>
      {address === null ? (
        <p class="quiet">{words.noAddress}</p>
      ) : (
        <p class="own-address">
          <Address address={address} whole />
        </p>
      )}
      <dl class="facts">
        <div>
          <dt>{words.network}</dt>
          <dd>{words.networks[env] ?? env}</dd>
        </div>
        <div>
          <dt>{words.inbox}</dt>
          <dd>{inboxId === null ? texts.unknown : <Address address={inboxId} />}</dd>
        </div>
        <div>
          <dt>{words.since}</dt>
          <dd>
            <Time at={startedAt} />
          </dd>
        </div>
        <div>
          <dt>{words.version}</dt>
          <dd>{version}</dd>
        </div>
      </dl>
    </Card>
  );
}
