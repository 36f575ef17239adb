import { unwrap } from '@xmtp-messaging/client';
import { useApi } from '../api/use-api.ts';
import { useData } from '../api/use-data.ts';
import { useMark } from '../live/live-context.ts';
import { texts } from '../texts.ts';
import { Card } from '../ui/card.tsx';
import { shorten } from '../ui/format.ts';
import { Reading } from '../ui/reading.tsx';
import { Time } from '../ui/time.tsx';

const words = texts.delivery;

/** Sends that the network has not taken yet. */
export function StuckSends() {
  const { client } = useApi();
  const mark = useMark(({ status, marks }) => [status.outbox?.unsettled, marks.sent]);
  const data = useData(
    async (signal) => (await unwrap(client.GET('/xmtp/outbox', { params: { query: { limit: 100 } }, signal }))).sends,
    [mark, client],
  );
  return (
    <Card title={words.stuck} about={words.stuckAbout}>
      <Reading data={data}>
        {(sends) =>
          sends.length === 0 ? (
            <p class="quiet empty">{words.stuckNone}</p>
          ) : (
            <ul class="letters">
              {sends.map(({ seq, messageId, conversationId, createdAt }) => (
                <li key={seq}>
                  <code>{shorten(conversationId)}</code>
                  <span>{messageId === null ? words.notStored : <code>{shorten(messageId)}</code>}</span>
                  <Time at={createdAt} />
                </li>
              ))}
            </ul>
          )
        }
      </Reading>
    </Card>
  );
}
