/** One request to the HTTP surface of a mailbox. */
export interface MailboxCall {
  method: 'GET' | 'POST';
  /** With the query. */
  path: string;
  body?: object | undefined;
  /** `Idempotency-Key`. */
  key?: string | undefined;
  signal?: AbortSignal | undefined;
  /** A file is wanted, of at most so many bytes. @default an answer in JSON */
  maxFileBytes?: number | undefined;
}

/** A file as the mailbox gives it: its bytes are a stranger's. */
export interface MailboxFile {
  bytes: Uint8Array;
  /** By its content. */
  mimeType: string;
  /** Whether its sender called it something else than it is. */
  isMislabelled: boolean;
}

/** Its answer. */
export interface MailboxAnswer {
  status: number;
  /** From its JSON; `null` of a file. */
  body: unknown;
  /** When one was wanted and came. */
  file?: MailboxFile | undefined;
}

/**
 * Asks a mailbox over its HTTP surface, as the caller whose tools these are. Every tool goes this way, so that a tool
 * can do what a request of the same caller can do, and nothing else.
 */
export type AskMailbox = (call: MailboxCall) => Promise<MailboxAnswer>;

/** Tells of resources that have changed, by their URI. */
export interface MailNews {
  /** @returns Ends it. */
  subscribe(listener: (uri: string) => void): () => void;
  /** Resolves when whoever subscribed misses nothing any more; never rejects. */
  known(): Promise<void>;
}
