import { z } from 'zod';

/** The network names inboxes alone; the rest is what an agent's operator knows of them, absent in what a mailbox gives. */
const inboxes = z.array(
  z.object({
    inboxId: z.string().meta({ description: '64 hexadecimal digits.' }),
    address: z
      .string()
      .nullable()
      .optional()
      .meta({ description: 'The listed address of that inbox, else its first; `null` when none is known.' }),
    name: z.string().nullable().optional().meta({ description: 'As the allowlist calls it; `null` for nobody on it.' }),
    nameKind: z
      .enum(['name', 'label'])
      .optional()
      .meta({ description: '`label`: free words of the operator. Absent without a name.' }),
    nameVerified: z
      .boolean()
      .optional()
      .meta({ description: 'Whether the chain confirmed that the name leads to the address.' }),
    listed: z.boolean().optional().meta({ description: 'Whether it is on the allowlist, and not denied.' }),
    self: z.boolean().optional().meta({ description: 'Whether it is the inbox of this mailbox.' }),
  }),
);

/** `xmtp.org/group_updated:1.0`: written by the network's own rules when members or settings of a group change. */
export const groupUpdatedContent = z
  .object({
    initiatedByInboxId: z.string().meta({ description: 'Who made the change.' }),
    addedInboxes: inboxes.meta({ description: 'Who was added.' }),
    removedInboxes: inboxes.meta({ description: 'Who was removed.' }),
    leftInboxes: inboxes.meta({ description: 'Who had asked to leave, and has left.' }),
    metadataFieldChanges: z
      .array(
        z.object({
          fieldName: z.string().meta({ description: 'Such as `group_name` or `description`.' }),
          oldValue: z.string().optional().meta({ description: 'Absent when there was none.' }),
          newValue: z.string().optional().meta({ description: 'Absent when there is none.' }),
        }),
      )
      .meta({ description: 'Settings that were changed.' }),
    addedAdminInboxes: inboxes.meta({ description: 'Who became an admin.' }),
    removedAdminInboxes: inboxes.meta({ description: 'Who is an admin no more.' }),
    addedSuperAdminInboxes: inboxes.meta({ description: 'Who became a super admin.' }),
    removedSuperAdminInboxes: inboxes.meta({ description: 'Who is a super admin no more.' }),
  })
  .meta({ id: 'GroupUpdatedContent', description: 'What changed in a group.' });

export type GroupUpdatedContent = z.infer<typeof groupUpdatedContent>;
