import { parseJson } from '@xmtp-messaging/errors';
import type { MailboxAnswer, MailboxCall } from './types.ts';

/** The answer of a mailbox to a call. A file that is larger than was asked for is not read. */
export async function readMailboxAnswer(
  response: Response,
  { maxFileBytes }: Pick<MailboxCall, 'maxFileBytes'>,
): Promise<MailboxAnswer> {
  const { status, headers } = response;
  if (maxFileBytes === undefined || status >= 300) return { status, body: parseJson(await response.text()) };
  const size = Number(headers.get('content-length') ?? Infinity);
  if (!(size <= maxFileBytes)) {
    await response.body?.cancel();
    return { status: 413, body: tooLarge(size, maxFileBytes) };
  }
  const file = {
    bytes: new Uint8Array(await response.arrayBuffer()),
    mimeType: headers.get('content-type')?.split(';')[0]?.trim() ?? 'application/octet-stream',
    isMislabelled: headers.get('xmtp-findings')?.split(/,\s*/u).includes('mislabelled') ?? false,
  };
  return { status, body: null, file };
}

const tooLarge = (size: number, most: number) => ({
  code: 'ATTACHMENT_TOO_LARGE',
  detail: `The file has ${Number.isFinite(size) ? size : 'an unknown number of'} bytes, and at most ${most} were asked for.`,
  hint: 'Ask for more with maxBytes, up to 5000000, or leave it.',
});
