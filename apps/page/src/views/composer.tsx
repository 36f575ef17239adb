import { unwrap } from '@xmtp-messaging/client';
import { useRef, useState } from 'preact/hooks';
import { useApi } from '../api/use-api.ts';
import { texts } from '../texts.ts';
import { useAction } from '../ui/notices.tsx';

const words = texts.conversations;

/** Writes into a conversation, as the agent. */
export function Composer({ id }: { id: string }) {
  const { client } = useApi();
  const [message, setMessage] = useState('');
  const { busy, run } = useAction();
  // Asked again after an answer that was lost, it is the same message.
  const key = useRef<string>(crypto.randomUUID());
  const send = async () => {
    const params = { path: { id }, header: { 'idempotency-key': key.current } };
    await unwrap(client.POST('/xmtp/conversations/{id}/send', { params, body: { message } }));
    setMessage('');
    key.current = crypto.randomUUID();
    return words.sent;
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (message !== '') void run(send);
  };
  return (
    <form class="composer" onSubmit={submit}>
      <textarea
        rows={2}
        aria-label={words.write}
        placeholder={words.write}
        value={message}
        onInput={({ currentTarget }) => {
          key.current = crypto.randomUUID();
          setMessage(currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
        }}
      />
      <button type="submit" class="primary" disabled={busy || message === ''} title={words.sendHint}>
        {words.send}
      </button>
    </form>
  );
}
