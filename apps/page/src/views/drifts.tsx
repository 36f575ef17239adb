import { useStatus } from '../live/live-context.ts';
import { texts } from '../texts.ts';
import { Address } from '../ui/address.tsx';
import { Icon } from '../ui/icon.tsx';
import { InertText } from '../ui/inert-text.tsx';
import { Time } from '../ui/time.tsx';

const words = texts.lists;

/** Names of the allowlist that lead elsewhere now. */
export function Drifts() {
  const drifts = useStatus()?.drifts ?? [];
  if (drifts.length === 0) return null;
  return (
    <section class="card drift" aria-label={words.drift}>
      {drifts.map(({ name, address, leadsTo, since }) => (
        <div key={name}>
          <p>
            <Icon name="alert" /> <InertText text={words.driftText(name)} />
          </p>
          <dl class="facts">
            <div>
              <dt>{words.listed}</dt>
              <dd>
                <Address address={address} />
              </dd>
            </div>
            <div>
              <dt>{words.leadsTo}</dt>
              <dd>
                <Address address={leadsTo} />
              </dd>
            </div>
            <div>
              <dt>{words.since}</dt>
              <dd>
                <Time at={since} />
              </dd>
            </div>
          </dl>
        </div>
      ))}
    </section>
  );
}
