import { z } from 'zod';

/** Who changed it: the operator by their token, the program that runs the agent, or whoever wrote the file. */
export type AuditActor = 'operator' | 'program' | 'file';

/** What was changed. No text of a message, no token, no label. */
export interface AuditRecord {
  /** Who did it. */
  by: AuditActor;
  /** Such as `added`, `removed`, `renamed`, `changed`, `replayed`, `discarded`, `accepted`, `refused`, `tokens-changed`, `mode`. */
  action: string;
  /** Of `allowlist`, `denylist`, `grouplist`. */
  list?: string | undefined;
  /** Of an entry of a list. */
  address?: string | undefined;
  /** Of a group. */
  conversationId?: string | undefined;
  /** The entry's name; `null` for none. A label is never written here. */
  name?: string | null | undefined;
  /** Whose tokens. */
  caller?: string | undefined;
  /** Id of a message. */
  id?: string | undefined;
  /** The mode that holds from now on. */
  mode?: string | undefined;
  /** How many were changed together. */
  count?: number | undefined;
  /** SHA-256 of the whole list after it. */
  digest?: string | undefined;
}

/** A line of the log. `hash` covers all of it and, by `previous`, every line before it. */
export const auditLineSchema = z.looseObject({
  seq: z.int().positive(),
  at: z.iso.datetime(),
  by: z.string(),
  action: z.string(),
  list: z.string().optional(),
  mode: z.string().optional(),
  digest: z.string().optional(),
  previous: z.string(),
  hash: z.string(),
});

/** A line, checked in its shape alone: whether it is as it was written says `verifyAuditLog`. */
export type AuditLine = z.infer<typeof auditLineSchema>;
