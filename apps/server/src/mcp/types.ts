/** One request to the HTTP surface of a mailbox. */
export interface MailboxCall {
  method: 'GET' | 'POST';
  /** With the query. */
  path: string;
  body?: object | undefined;
  /** `Idempotency-Key`. */
  key?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Its answer. */
export interface MailboxAnswer {
  status: number;
  /** From its JSON. */
  body: unknown;
}

/**
 * Asks a mailbox over its HTTP surface, as the caller whose tools these are. Every tool goes this way, so that a tool
 * can do what a request of the same caller can do, and nothing else.
 */
export type AskMailbox = (call: MailboxCall) => Promise<MailboxAnswer>;
