import { groupActions, permissionHolders } from '@xmtp-messaging/xmtp-core';
import { z } from '@hono/zod-openapi';
import { conversationSchema } from './conversation-schemas.ts';
import { messageText } from './schemas.ts';

const holder = z.enum(permissionHolders).meta({ id: 'PermissionHolder' });
const each = <T extends z.ZodType>(schema: T) =>
  Object.fromEntries(groupActions.map((action) => [action, schema])) as Record<(typeof groupActions)[number], T>;

export const permissionsSchema = z
  .object({
    preset: z.enum(['members', 'admins', 'custom']),
    policies: z.object(each(z.enum([...permissionHolders, 'other']))),
  })
  .meta({
    id: 'GroupPermissions',
    description: 'Who may do what. Super admins alone change it. `other`: a policy that has no word here.',
  });

/** What a group can be made, and changed to. */
export const groupSettings = {
  title: messageText.refine((text) => text.length <= 100, 'must have at most 100 characters').optional(),
  description: messageText.refine((text) => text.length <= 1000, 'must have at most 1,000 characters').optional(),
  imageUrl: z
    .union([z.literal(''), z.url({ protocol: /^https$/u }).max(2_000)])
    .optional()
    .meta({ description: 'An https URL, or empty for none. Nothing of it is fetched.' }),
  disappearAfterSeconds: z
    .int()
    .min(1)
    .max(315_360_000)
    .nullable()
    .optional()
    .meta({ description: 'What is sent from now on disappears after this; `null`: it stays.' }),
  permissions: z
    .union([z.enum(['members', 'admins']), z.strictObject(each(holder.optional()))])
    .optional()
    .meta({
      description: "One of XMTP's sets, or single policies: the others stay, or are those of `members` at first.",
    }),
};

/** A group and who is in it. */
export const groupSchema = z
  .object({
    conversationId: z.string(),
    title: z
      .string()
      .meta({ description: 'Members may have chosen it. Cleaned; empty where strangers alone wrote it.' }),
    description: z.string(),
    imageUrl: z.string().nullable(),
    disappearAfterSeconds: z.number().nullable(),
    permissions: permissionsSchema,
    members: z.array(
      z.object({
        address: z.string().nullable(),
        inboxId: z.string(),
        name: z.string().nullable().meta({ description: 'Of the allowlist.' }),
        nameKind: z.enum(['name', 'label']).optional(),
        nameVerified: z.boolean(),
        listed: z.boolean().meta({ description: 'On the allowlist, and not denied.' }),
        role: z.enum(['member', 'admin', 'super-admin']),
        self: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Group' });

export const conversationDetailSchema = conversationSchema
  .extend({
    group: groupSchema
      .nullable()
      .meta({ description: 'Who is in it, and who may do what; null of a direct message, and where it is not known.' }),
  })
  .meta({ id: 'ConversationDetail' });
