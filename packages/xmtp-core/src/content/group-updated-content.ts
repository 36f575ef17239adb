import { z } from 'zod';

const inboxes = z.array(z.object({ inboxId: z.string() }));

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
