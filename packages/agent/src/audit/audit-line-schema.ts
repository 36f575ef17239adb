import { z } from 'zod';

/** Who changed it: the operator by their token, the program that runs the agent, or whoever wrote the file. */
export type AuditActor = 'operator' | 'program' | 'file';

/** What was changed. No text of a message, no token, no label. */
export interface AuditRecord {
  by: AuditActor;
  /** Such as `added`, `removed`, `renamed`, `changed`, `replayed`, `discarded`, `accepted`, `refused`, `tokens-changed`, `mode`. */
  action: string;
  list?: string | undefined;
  address?: string | undefined;
  /** Of a group. */
  conversationId?: string | undefined;
  name?: string | null | undefined;
  /** Whose tokens. */
  caller?: string | undefined;
  /** Id of a message. */
  id?: string | undefined;
  mode?: string | undefined;
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

export type AuditLine = z.infer<typeof auditLineSchema>;
