import { z } from 'zod';

/** The network names inboxes alone; the rest is what an agent's operator knows of them, absent in what a mailbox gives. */
const inboxes = z.array(
  z.object({
    inboxId: z.string(),
    address: z.string().nullable().optional(),
    name: z.string().nullable().optional(),
    nameKind: z.enum(['name', 'label']).optional(),
    nameVerified: z.boolean().optional(),
    listed: z.boolean().optional(),
    self: z.boolean().optional(),
  }),
);

/** `xmtp.org/group_updated:1.0`: written by the network's own rules when members or settings of a group change. */
export const groupUpdatedContent = z
  .object({
    initiatedByInboxId: z.string(),
    addedInboxes: inboxes,
    removedInboxes: inboxes,
    leftInboxes: inboxes,
    metadataFieldChanges: z.array(
      z.object({ fieldName: z.string(), oldValue: z.string().optional(), newValue: z.string().optional() }),
    ),
    addedAdminInboxes: inboxes,
    removedAdminInboxes: inboxes,
    addedSuperAdminInboxes: inboxes,
    removedSuperAdminInboxes: inboxes,
  })
  .meta({ id: 'GroupUpdatedContent', description: 'What changed in a group.' });

export type GroupUpdatedContent = z.infer<typeof groupUpdatedContent>;
