import { mailboxError } from '../errors.ts';
import type { GroupAction } from './group-permissions.ts';
import type { GroupSettings } from './group-types.ts';

const maxDisappearMs = 10 * 365 * 86_400_000;
/** Admins cannot be made or dismissed by everybody (libxmtp, InvalidPermissionPolicyOption). */
const notForMembers: readonly GroupAction[] = ['addAdmins', 'removeAdmins'];

/** @throws MailboxError INVALID_REQUEST */
export function checkSettings({ title, description, imageUrl, disappearAfterMs, permissions }: GroupSettings): void {
  const refuse = (detail: string) => {
    throw mailboxError('INVALID_REQUEST', { detail });
  };
  if ([title, description, imageUrl].some((text) => text !== undefined && !text.isWellFormed()))
    refuse('A text is not well-formed Unicode.');
  if (imageUrl !== undefined && imageUrl !== '' && (imageUrl.length > 2_000 || !isHttps(imageUrl)))
    refuse('An image is an https URL of at most 2,000 characters.');
  if (disappearAfterMs !== undefined && disappearAfterMs !== null) {
    const isPossible = Number.isSafeInteger(disappearAfterMs) && disappearAfterMs > 0;
    if (!isPossible || disappearAfterMs > maxDisappearMs)
      refuse('Messages disappear after 1 millisecond to ten years, in whole milliseconds.');
  }
  if (typeof permissions === 'object' && notForMembers.some((action) => permissions[action] === 'members'))
    refuse('To make and to dismiss admins can be for admins, super-admins or nobody.');
}

function isHttps(text: string): boolean {
  return URL.parse(text)?.protocol === 'https:';
}
