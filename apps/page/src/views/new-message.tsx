import { unwrap } from '@xmtp-messaging/client';
import { useRef, useState } from 'preact/hooks';
import { useApi } from '../api/use-api.ts';
import { texts } from '../texts.ts';
import { hrefOf } from '../use-route.ts';
import { Dialog } from '../ui/dialog.tsx';
import { useAction } from '../ui/notices.tsx';

const words = texts.conversations;

/** Writes to somebody by name or address. */
export function NewMessage({ agent, onClose }: { agent: string; onClose: () => void }) {
  const { client } = useApi();
  const [to, setTo] = useState('');
  const [message, setMessage] = useState('');
  const { busy, run } = useAction();
  // Asked again after an answer that was lost, it is the same message.
  const key = useRef<string>(crypto.randomUUID());
  const send = async () => {
    const sent = await unwrap(
      client.POST('/xmtp/send', {
        params: { header: { 'idempotency-key': key.current } },
        body: { to: to.trim(), message },
      }),
    );
    location.hash = hrefOf({ agent, view: 'conversations', detail: sent.conversationId });
    onClose();
    return words.sentTo(sent.to.name ?? sent.to.address, sent.to.source);
  };
  const change = (set: (value: string) => void) => (event: Event & { currentTarget: { value: string } }) => {
    key.current = crypto.randomUUID();
    set(event.currentTarget.value);
  };
  return (
    <Dialog
      title={words.new}
      confirm={words.send}
      busy={busy || to.trim() === '' || message === ''}
      onConfirm={() => void run(send)}
      onClose={onClose}
    >
      <label>
        <span>{words.to}</span>
        <input value={to} autoComplete="off" autoCapitalize="off" spellcheck={false} onInput={change(setTo)} />
      </label>
      <label>
        <span>{words.write}</span>
        <textarea rows={4} value={message} onInput={change(setMessage)} />
      </label>
    </Dialog>
  );
}
