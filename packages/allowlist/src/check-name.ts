import { quoteInput } from '@xmtp-messaging/errors';
import { readListedName, readListName } from '@xmtp-messaging/errors/name';
import type { Refusal } from './check-address.ts';

/** The form in which a name or a label is kept and shown, or why it cannot be. */
export type CheckedName = { ok: true; name: string } | Refusal;

/** A name that somebody wants listed: an ENS name in its ENSIP-15 form, or a label that people can read. */
export function checkName(text: string): CheckedName {
  return answer(text, readListName(text));
}

/** The same for a name that stands in a file: one that no registry allows any more is a label there. */
export function checkListedName(text: string): CheckedName {
  return answer(text, readListedName(text));
}

function answer(text: string, read: ReturnType<typeof readListName>): CheckedName {
  if (read.ok) return { ok: true, name: read.text };
  return { ok: false, code: 'INVALID_NAME', message: `The name ${quoteInput(text)} ${read.why}.` };
}
