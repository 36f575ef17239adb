import { RequestError } from '@xmtp-messaging/client';
import type { Message } from '../api/types.ts';
import { useApi } from '../api/use-api.ts';
import { texts } from '../texts.ts';
import { formatBytes } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { InertText } from '../ui/inert-text.tsx';
import { useAction } from '../ui/notices.tsx';

interface FileFacts {
  filename?: string;
  contentLength?: number;
}

/** Files of a message. Nothing of them is fetched before somebody asks, and nothing is ever opened here. */
export function AttachmentChips({ message }: { message: Message }) {
  const files = findFiles(message);
  if (files.length === 0 || message.gone !== null) return null;
  return (
    <ul class="chips">
      {files.map((file, index) => (
        <li key={index}>
          <Chip id={message.id} index={index} file={file} />
        </li>
      ))}
    </ul>
  );
}

function Chip({ id, index, file }: { id: string; index: number; file: FileFacts }) {
  const { client } = useApi();
  const { busy, run } = useAction();
  const name = file.filename ?? texts.message.file;
  const download = async () => {
    const params = { path: { id, n: index } };
    const answer = await client.GET('/xmtp/messages/{id}/attachments/{n}', { params, parseAs: 'blob' });
    if (!answer.response.ok || answer.data === undefined) throw new RequestError(answer.response, answer.error);
    // Whatever its type says: a file to keep, not one to open in our name.
    const url = URL.createObjectURL(new Blob([answer.data], { type: 'application/octet-stream' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = filenameOf(answer.response) ?? 'attachment';
    link.click();
    URL.revokeObjectURL(url);
    return texts.message.saved(name);
  };
  return (
    <button type="button" class="chip" disabled={busy} onClick={() => void run(download)}>
      <Icon name="file" />
      <span class="unseen">{texts.message.download('')}</span>
      <InertText text={name} />
      {file.contentLength !== undefined && <span class="quiet">{formatBytes(file.contentLength)}</span>}
    </button>
  );
}

/** As the server cleaned it (RFC 8187). */
function filenameOf({ headers }: Response): string | null {
  const encoded = /filename\*=UTF-8''([\w%.~-]+)/u.exec(headers.get('content-disposition') ?? '')?.[1];
  try {
    return encoded === undefined ? null : decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

function findFiles({ type, content }: Pick<Message, 'type' | 'content'>): readonly FileFacts[] {
  if (content === null) return [];
  if (type === 'attachment' || type === 'remoteAttachment') return [content as FileFacts];
  if (type === 'multiRemoteAttachment' && 'attachments' in content) return content.attachments;
  if (type === 'reply' && 'content' in content && typeof content.content === 'object' && content.content !== null)
    return findFiles(content.content);
  return [];
}
