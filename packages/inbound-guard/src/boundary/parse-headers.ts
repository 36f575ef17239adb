import type { BoundaryHeaders } from './headers.ts';

const LENGTH =
  /^(\d{1,15}) of (\d{1,15}) characters; hidden removed: (\d{1,15}); escaped: (\d{1,15}); truncated: (yes|no)$/;

/** Reads header lines. Whether each stands where `headerLines` puts it is for the caller to compare. */
export function parseHeaders(lines: readonly string[]): BoundaryHeaders | null {
  const values = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(': ');
    if (colon <= 0) return null;
    values.set(line.slice(0, colon), line.slice(colon + 2));
  }
  const length = LENGTH.exec(values.get('length') ?? '');
  const [conversation = '', conversationType = ''] = (values.get('conversation') ?? '').split(' ');
  if (length === null) return null;
  const headers: BoundaryHeaders = {
    from: values.get('from') ?? '',
    fromInbox: values.get('from-inbox') ?? '',
    sender: values.get('sender') === 'allowlisted' ? 'allowlisted' : 'unknown',
    authority: 'none',
    name: values.get('name') ?? null,
    message: values.get('message') ?? '',
    conversation,
    conversationType,
    replyTo: values.get('reply-to') ?? null,
    sent: values.get('sent') ?? '',
    received: values.get('received') ?? '',
    historical: values.get('historical') === 'yes',
    contentType: values.get('content-type') ?? '',
    length: Number(length[1]),
    fullLength: Number(length[2]),
    hiddenRemoved: Number(length[3]),
    escaped: Number(length[4]),
    truncated: length[5] === 'yes',
  };
  return headers;
}
