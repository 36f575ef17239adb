import { unwrap } from '@xmtp-messaging/client';
import { useState } from 'preact/hooks';
import { useApi } from '../api/use-api.ts';
import { texts } from '../texts.ts';
import { InertText } from '../ui/inert-text.tsx';
import { useAction } from '../ui/notices.tsx';

/** Reads a message that was cut, page by page. */
export function WholeText({ id }: { id: string }) {
  const { client } = useApi();
  const [pages, setPages] = useState<readonly string[]>([]);
  const [next, setNext] = useState<number | null>(0);
  const { busy, run } = useAction();
  const read = async () => {
    const query = next === null || next === 0 ? {} : { from: next };
    const page = await unwrap(client.GET('/xmtp/messages/{id}/text', { params: { path: { id }, query } }));
    setPages((before) => [...before, page.text ?? texts.message.withheld]);
    setNext(page.next);
    return null;
  };
  return (
    <div class="whole">
      {pages.map((page, index) => (
        <pre key={index} class="block" tabIndex={0}>
          <InertText text={page} lines />
        </pre>
      ))}
      {next !== null && (
        <button type="button" class="plain small" disabled={busy} onClick={() => void run(read)}>
          {pages.length === 0 ? texts.message.whole : texts.message.wholeMore}
        </button>
      )}
    </div>
  );
}
