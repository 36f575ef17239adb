import { unwrap } from '@xmtp-messaging/client';
import { useApi } from '../api/use-api.ts';
import { useStatus } from '../live/live-context.ts';
import { texts } from '../texts.ts';
import { Card } from '../ui/card.tsx';
import { InertText } from '../ui/inert-text.tsx';
import { useAction } from '../ui/notices.tsx';
import { Time } from '../ui/time.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { StuckSends } from './stuck-sends.tsx';

const words = texts.delivery;

/** What reaches the agent and the network, and what does not. */
export function Delivery() {
  return (
    <>
      <h1>{words.title}</h1>
      <Channel />
      <DeadLetters />
      <StuckSends />
    </>
  );
}

function Channel() {
  const { client } = useApi();
  const status = useStatus();
  const { busy, run } = useAction();
  const delivery = status?.delivery ?? null;
  const retry = async () => words.woken((await unwrap(client.POST('/xmtp/delivery/retry'))).woken);
  return (
    <Card
      title={words.channel}
      actions={
        <button type="button" disabled={busy || status === null} onClick={() => void run(retry)}>
          {words.retry}
        </button>
      }
    >
      {delivery === null ? (
        <p class="quiet">{words.pull}</p>
      ) : (
        <dl class="facts">
          <div>
            <dt>{words.channels[delivery.channel]}</dt>
            <dd>{words.states[delivery.state]}</dd>
          </div>
          <div>
            <dt>{texts.health.inbox}</dt>
            <dd>
              {delivery.inFlight} {words.inFlight}, {delivery.failing} {words.failing}, {delivery.heldBack}{' '}
              {words.heldBack}
            </dd>
          </div>
          <div>
            <dt>{words.lastDelivered}</dt>
            <dd>
              <Time at={delivery.lastDeliveredAt} />
            </dd>
          </div>
          {delivery.lastError !== null && (
            <div>
              <dt>{words.lastError}</dt>
              <dd>
                <InertText text={delivery.lastError.message} /> <Time at={delivery.lastError.at} />
              </dd>
            </div>
          )}
        </dl>
      )}
    </Card>
  );
}
