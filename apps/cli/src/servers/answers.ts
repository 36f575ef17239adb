import { z } from 'zod';

// What the answers of a server hold, as far as it is shown here. The rest stays as it came, for `--json`.

const text = z.string().nullable();

/** The answer says only that it was done. */
export const doneAnswer = z.looseObject({ ok: z.literal(true) });

/** Any object. */
export const objectAnswer = z.looseObject({});

/** An accepted message. */
export const messageAnswer = z.looseObject({
  id: z.string(),
  from: z.looseObject({ address: text, name: text.optional() }),
  contentType: z.string(),
  sentAt: z.string(),
  /** Of one that was heard; of one that was sent there is `deliveryState`. */
  state: z.string().optional(),
  deliveryState: z.string().optional(),
  lastError: text.optional(),
  /** The words of the sender inside the boundary. */
  text,
});
export type Message = z.infer<typeof messageAnswer>;

/** A page of them. */
export const messagePageAnswer = z.looseObject({
  messages: z.array(messageAnswer),
  cursor: z.int(),
  more: z.boolean(),
});
export type MessagePage = z.infer<typeof messagePageAnswer>;

/** What was sent. */
export const sentAnswer = z.looseObject({
  id: z.string(),
  to: z.looseObject({ address: z.string() }).optional(),
  heard: z.boolean().optional(),
});

/** How many dead letters are delivered again; of a single one only that it is. */
export const replayAnswer = doneAnswer.extend({ replayed: z.int().optional() });

/** A link to the page. */
export const linkAnswer = z.looseObject({ path: z.string(), expiresInSeconds: z.number() });

const entry = z.looseObject({
  address: z.string().optional(),
  /** Of a group. */
  conversationId: z.string().optional(),
  name: text,
});

/** A list of people, or of groups. */
export const listAnswer = z.looseObject({
  entries: z.array(entry),
  error: z.looseObject({ message: z.string() }).nullable(),
});

/** Somebody, or a group, was put on a list. */
export const addedAnswer = z.looseObject({ added: z.boolean(), entry });

/** Who was not heard. */
export const knocksAnswer = z.looseObject({
  knocks: z.array(
    z.looseObject({
      kind: z.string(),
      addresses: z.array(z.string()),
      reason: z.string(),
      count: z.int(),
      atLeast: z.boolean(),
      groups: z.int(),
      invitedBy: z.array(z.string()),
      listed: z.boolean(),
      lastAt: text,
    }),
  ),
  next: text,
});
