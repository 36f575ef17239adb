import { z } from 'zod';
import { base64 } from './base64.ts';

/** `xmtp.org/leave_request:1.0`: a member wants to leave the group. */
export const leaveRequestContent = z
  .object({
    authenticatedNote: base64.optional().meta({ description: 'Bytes that the SDK of who leaves may add, base64.' }),
  })
  .meta({ id: 'LeaveRequestContent', description: 'The sender is leaving the group.' });

export type LeaveRequestContent = z.infer<typeof leaveRequestContent>;
