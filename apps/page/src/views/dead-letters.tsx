import { unwrap } from '@xmtp-messaging/client';
import { useState } from 'preact/hooks';
import { useApi } from '../api/use-api.ts';
import { useData } from '../api/use-data.ts';
import { useMark } from '../live/live-context.ts';
import { texts } from '../texts.ts';
import { Card } from '../ui/card.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { shorten } from '../ui/format.ts';
import { InertText } from '../ui/inert-text.tsx';
import { useAction } from '../ui/notices.tsx';
import { parseBlock } from '../ui/parse-block.ts';
import { Reading } from '../ui/reading.tsx';
import { Time } from '../ui/time.tsx';

const words = texts.delivery;

/** Messages that the agent did not take. */
export function DeadLetters() {
  const { client } = useApi();
  const mark = useMark(({ status }) => [status.inbox?.dead, status.denylist?.count]);
  const data = useData(
    async (signal) => await unwrap(client.GET('/xmtp/dead', { params: { query: { limit: 100 } }, signal })),
    [mark, client],
  );
  const [asked, setAsked] = useState<string | null>(null);
  const { busy, run } = useAction();
  const replay = async (id: string) => {
    await unwrap(client.POST('/xmtp/dead/{id}/replay', { params: { path: { id } } }));
    data.reload();
    return words.replayed;
  };
  const replayAll = async () => {
    const { replayed } = await unwrap(client.POST('/xmtp/dead/replay'));
    data.reload();
    return words.replayedAll(replayed);
  };
  const discard = async (id: string) => {
    await unwrap(client.DELETE('/xmtp/dead/{id}', { params: { path: { id } } }));
    data.reload();
    setAsked(null);
    return words.discarded;
  };
  const some = (data.value?.messages.length ?? 0) > 0;
  return (
    <Card
      title={words.dead}
      about={words.deadAbout}
      actions={
        some && (
          <button type="button" disabled={busy} onClick={() => void run(replayAll)}>
            {words.replayAll}
          </button>
        )
      }
    >
      <Reading data={data}>
        {({ messages }) =>
          messages.length === 0 ? (
            <p class="quiet empty">{words.deadNone}</p>
          ) : (
            <ul class="letters">
              {messages.map(({ id, from, text, sentAt, attempts, lastError }) => (
                <li key={id}>
                  <div>
                    <p>
                      <strong>
                        {from.name === null ? (
                          <code>{shorten(from.address ?? from.inboxId)}</code>
                        ) : (
                          <InertText text={from.name} />
                        )}
                      </strong>{' '}
                      <Time at={sentAt} />
                    </p>
                    <p class="cut">
                      <InertText text={text === null ? texts.message.withheld : parseBlock(text).body.slice(0, 200)} />
                    </p>
                    <p class="quiet small">
                      {words.attempts(attempts)}
                      {lastError !== null && (
                        <>
                          {' · '}
                          <InertText text={lastError} />
                        </>
                      )}
                    </p>
                  </div>
                  <div class="buttons">
                    <button type="button" disabled={busy} onClick={() => void run(async () => await replay(id))}>
                      {words.replay}
                    </button>
                    <button type="button" class="plain danger-text" onClick={() => setAsked(id)}>
                      {words.discard}
                    </button>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Reading>
      {asked !== null && (
        <Dialog
          title={words.discardTitle}
          confirm={words.discard}
          danger
          busy={busy}
          onConfirm={() => void run(async () => await discard(asked))}
          onClose={() => setAsked(null)}
        >
          <p>{words.discardAbout}</p>
        </Dialog>
      )}
    </Card>
  );
}
