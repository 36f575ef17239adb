import { unwrap } from '@xmtp-messaging/client';
import { useState } from 'preact/hooks';
import type { ListEntry } from '../api/types.ts';
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
import { AddEntry } from './add-entry.tsx';
import { LabelDialog } from './label-dialog.tsx';

const words = texts.lists;
const pageSize = 100;

/** One of the two lists of senders. */
export function EntryList({ list }: { list: 'allowlist' | 'denylist' }) {
  const { client } = useApi();
  const mark = useMark(({ status }) => status[list]);
  const [offset, setOffset] = useState(0);
  const data = useData(
    async (signal) => {
      const options = { params: { query: { offset, limit: pageSize } }, signal };
      return await unwrap(
        list === 'allowlist' ? client.GET('/xmtp/allowlist', options) : client.GET('/xmtp/denylist', options),
      );
    },
    [mark, offset, client],
  );
  const [asked, setAsked] = useState<{ entry: ListEntry; act: 'remove' | 'label' } | null>(null);
  const { busy, run } = useAction();
  const remove = async (entry: string) => {
    const params = { path: { entry } };
    await unwrap(
      list === 'allowlist'
        ? client.DELETE('/xmtp/allowlist/{entry}', { params })
        : client.DELETE('/xmtp/denylist/{entry}', { params }),
    );
    data.reload();
    setAsked(null);
    return words.removed;
  };
  return (
    <Card title={words[list]} about={words.about[list]}>
      <AddEntry list={list} onAdded={data.reload} />
      <Reading data={data}>
        {({ state, count, error, entries }) => (
          <>
            {state === 'unreadable' && (
              <p class="problem" role="alert">
                {words.unreadable} {error?.message}
              </p>
            )}
            {state === 'ready' && count === 0 && <p class="quiet empty">{words.none[list]}</p>}
            {entries.length > 0 && (
              <ul class="entries">
                {entries.map((entry) => (
                  <li key={entry.address}>
                    <span class="entry-name">
                      {entry.name === null ? (
                        <span class="quiet">{words.noLabel}</span>
                      ) : (
                        <InertText text={entry.name} />
                      )}
                    </span>
                    <Address address={entry.address} />
                    <span class="buttons">
                      <button type="button" class="plain" onClick={() => setAsked({ entry, act: 'label' })}>
                        {words.label}
                        <span class="unseen"> {entry.name ?? entry.address}</span>
                      </button>
                      <button
                        type="button"
                        class="plain danger-text"
                        onClick={() => setAsked({ entry, act: 'remove' })}
                      >
                        {words.remove}
                        <span class="unseen"> {entry.name ?? entry.address}</span>
                      </button>
                    </span>
                  </li>
                ))}
              </ul>
            )}
            {count > pageSize && <Pages offset={offset} count={count} onMove={setOffset} />}
          </>
        )}
      </Reading>
      {asked?.act === 'remove' && (
        <Dialog
          title={words.removeTitle}
          confirm={words.remove}
          danger
          busy={busy}
          onConfirm={() => void run(async () => await remove(asked.entry.address))}
          onClose={() => setAsked(null)}
        >
          <p>{asked.entry.name !== null && <InertText text={asked.entry.name} />}</p>
          <p>
            <Address address={asked.entry.address} whole />
          </p>
        </Dialog>
      )}
      {asked?.act === 'label' && (
        <LabelDialog list={list} entry={asked.entry} onDone={data.reload} onClose={() => setAsked(null)} />
      )}
    </Card>
  );
}

function Pages({ offset, count, onMove }: { offset: number; count: number; onMove: (offset: number) => void }) {
  return (
    <p class="buttons">
      <button type="button" disabled={offset === 0} onClick={() => onMove(Math.max(0, offset - pageSize))}>
        {words.before}
      </button>
      <span class="quiet">{words.range(offset + 1, Math.min(count, offset + pageSize), count)}</span>
      <button type="button" disabled={offset + pageSize >= count} onClick={() => onMove(offset + pageSize)}>
        {words.next}
      </button>
    </p>
  );
}
