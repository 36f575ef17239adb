import { unwrap } from '@xmtp-messaging/client';
import { useState } from 'preact/hooks';
import { useApi } from '../api/use-api.ts';
import { useData } from '../api/use-data.ts';
import { useMark } from '../live/live-context.ts';
import { texts } from '../texts.ts';
import { Address } from '../ui/address.tsx';
import { Card } from '../ui/card.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { InertText } from '../ui/inert-text.tsx';
import { useAction } from '../ui/notices.tsx';
import { Reading } from '../ui/reading.tsx';

const words = texts.lists;

/** Groups that the operator listed. They come here by accepting an invitation. */
export function GroupEntries() {
  const { client } = useApi();
  const mark = useMark(({ status }) => status.grouplist);
  const data = useData(
    async (signal) => await unwrap(client.GET('/xmtp/grouplist', { params: { query: {} }, signal })),
    [mark, client],
  );
  const [asked, setAsked] = useState<string | null>(null);
  const { busy, run } = useAction();
  const remove = async (entry: string) => {
    await unwrap(client.DELETE('/xmtp/grouplist/{entry}', { params: { path: { entry } } }));
    data.reload();
    setAsked(null);
    return words.removed;
  };
  return (
    <Card title={words.grouplist} about={words.about.grouplist}>
      <Reading data={data}>
        {({ entries, state, error }) => (
          <>
            {state === 'unreadable' && (
              <p class="problem" role="alert">
                {words.unreadable} {error?.message}
              </p>
            )}
            {state === 'ready' && entries.length === 0 && <p class="quiet empty">{words.none.grouplist}</p>}
            <ul class="entries">
              {entries.map(({ conversationId, name }) => (
                <li key={conversationId}>
                  <span class="entry-name">
                    {name === null ? <span class="quiet">{words.noLabel}</span> : <InertText text={name} />}
                  </span>
                  <Address address={conversationId} />
                  <span class="buttons">
                    <button type="button" class="plain danger-text" onClick={() => setAsked(conversationId)}>
                      {words.remove}
                      <span class="unseen"> {name ?? conversationId}</span>
                    </button>
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </Reading>
      {asked !== null && (
        <Dialog
          title={words.removeTitle}
          confirm={words.remove}
          danger
          busy={busy}
          onConfirm={() => void run(async () => await remove(asked))}
          onClose={() => setAsked(null)}
        >
          <Address address={asked} />
        </Dialog>
      )}
    </Card>
  );
}
