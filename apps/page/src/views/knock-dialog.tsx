import { unwrap } from '@xmtp-messaging/client';
import { useState } from 'preact/hooks';
import type { Api, Knock } from '../api/types.ts';
import { useApi } from '../api/use-api.ts';
import { texts } from '../texts.ts';
import { Address } from '../ui/address.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { useAction } from '../ui/notices.tsx';

const words = texts.knocks;

/** What becomes of a knock. */
export type KnockAct = 'admit' | 'deny' | 'accept' | 'refuse';

const said = {
  admit: { title: words.admitTitle, about: words.admitAbout, done: words.admitted },
  deny: { title: words.denyTitle, about: words.denyAbout, done: words.denied },
  accept: { title: words.acceptTitle, about: words.acceptAbout, done: words.accepted },
  refuse: { title: words.refuseTitle, about: words.refuseAbout, done: words.refused },
};

/** Asks before trust changes. @param name That leads back to the address, if there is one. */
export function KnockDialog({
  knock,
  act,
  name,
  onDone,
  onClose,
}: {
  knock: Knock;
  act: KnockAct;
  name: string | null;
  onDone: () => void;
  onClose: () => void;
}) {
  const api = useApi();
  const [label, setLabel] = useState('');
  const [keepsName, setKeepsName] = useState(name !== null);
  const { busy, run } = useAction();
  const confirm = async () => {
    await decide(api, { knock, act, name: keepsName ? name : null, label: label.trim() });
    onDone();
    onClose();
    return said[act].done;
  };
  const takesLabel = act !== 'refuse';
  return (
    <Dialog
      title={said[act].title}
      confirm={words[act]}
      danger={act === 'deny' || act === 'refuse'}
      busy={busy}
      onConfirm={() => void run(confirm)}
      onClose={onClose}
    >
      <p>{said[act].about}</p>
      {(knock.kind === 'invitation' ? [knock.conversationId ?? ''] : knock.addresses.slice(0, 16)).map((id) => (
        <p key={id}>
          <Address address={id} whole={knock.kind === 'message'} />
        </p>
      ))}
      {name !== null && (
        <label class="check">
          <input
            type="checkbox"
            checked={keepsName}
            onChange={({ currentTarget }) => setKeepsName(currentTarget.checked)}
          />
          <span>{words.useName(name)}</span>
        </label>
      )}
      {takesLabel && !keepsName && (
        <label>
          <span>{words.label}</span>
          <input value={label} maxLength={255} onInput={({ currentTarget }) => setLabel(currentTarget.value)} />
        </label>
      )}
    </Dialog>
  );
}

interface Decision {
  knock: Knock;
  act: KnockAct;
  name: string | null;
  label: string;
}

async function decide({ client }: Api, { knock, act, name, label }: Decision): Promise<void> {
  const labelled = label === '' ? {} : { label };
  const id = knock.conversationId ?? '';
  if (act === 'accept') {
    await unwrap(client.POST('/xmtp/knocks/{id}/accept', { params: { path: { id } }, body: labelled }));
    return;
  }
  if (act === 'refuse') {
    await unwrap(client.POST('/xmtp/knocks/{id}/refuse', { params: { path: { id } }, body: {} }));
    return;
  }
  const called = name === null ? labelled : { name };
  const [first, ...others] = knock.addresses;
  // One admitted address is enough to be heard; a denied inbox must not come back by its other one.
  for (const address of act === 'admit' ? [first!] : [first!, ...others]) {
    const body = { address, ...(address === first ? called : labelled) };
    await unwrap(act === 'admit' ? client.POST('/xmtp/allowlist', { body }) : client.POST('/xmtp/denylist', { body }));
  }
}
