import { unwrap } from '@xmtp-messaging/client';
import { useState } from 'preact/hooks';
import type { ListEntry } from '../api/types.ts';
import { useApi } from '../api/use-api.ts';
import { texts } from '../texts.ts';
import { Address } from '../ui/address.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useAction } from '../ui/notices.tsx';

const words = texts.lists;

/** Gives an entry another label, or none. */
export function LabelDialog({
  list,
  entry,
  onDone,
  onClose,
}: {
  list: 'allowlist' | 'denylist';
  entry: ListEntry;
  onDone: () => void;
  onClose: () => void;
}) {
  const { client } = useApi();
  const [label, setLabel] = useState(entry.name ?? '');
  const { busy, run } = useAction();
  const save = async () => {
    const options = {
      params: { path: { entry: entry.address } },
      body: { label: label.trim() === '' ? null : label.trim() },
    };
    await unwrap(
      list === 'allowlist'
        ? client.PUT('/xmtp/allowlist/{entry}', options)
        : client.PUT('/xmtp/denylist/{entry}', options),
    );
    onDone();
    onClose();
    return words.labelSaved;
  };
  return (
    <Dialog
      title={words.editLabel}
      confirm={words.saveLabel}
      busy={busy}
      onConfirm={() => void run(save)}
      onClose={onClose}
    >
      <p>
        <Address address={entry.address} whole />
      </p>
      <label>
        <span>{words.label}</span>
        <input value={label} maxLength={255} onInput={({ currentTarget }) => setLabel(currentTarget.value)} />
      </label>
    </Dialog>
  );
}
