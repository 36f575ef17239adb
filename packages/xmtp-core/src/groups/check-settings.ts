import { z } from 'zod';
import { mailboxError } from '../errors.ts';
import { checkOptions } from '../util/check-options.ts';
import { type GroupAction, groupActions, permissionHolders } from './group-permissions.ts';
import type { GroupSettings } from './group-types.ts';

const holders = z.enum(permissionHolders).optional();
const settingsSchema = z.looseObject({
  title: z.string().optional(),
  description: z.string().optional(),
  imageUrl: z.string().optional(),
  permissions: z
    .union([z.enum(['members', 'admins']), z.partialRecord(z.enum(groupActions), holders)], {
      error: `must be members, admins, or who of ${permissionHolders.join(', ')} may do what`,
    })
    .optional(),
});

const maxDisappearMs = 10 * 365 * 86_400_000;
/** Admins cannot be made or dismissed by everybody (libxmtp, InvalidPermissionPolicyOption). */
const notForMembers: readonly GroupAction[] = ['addAdmins', 'removeAdmins'];

/** @throws MailboxError INVALID_REQUEST */
export function checkSettings(settings: GroupSettings): void {
  checkOptions(settingsSchema, settings);
  const { title, description, imageUrl, disappearAfterMs, permissions } = settings;
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
