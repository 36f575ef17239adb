/** Told what happens, one object a line: `event` names it, the rest are ids, codes and counts. */
export interface AgentLogger {
  /** What went as it should. */
  info(fields: object): void;
  /** What somebody should look at. */
  warn(fields: object): void;
  /** What does not work. */
  error(fields: object): void;
  /** What is of use when something is looked for. */
  debug(fields: object): void;
}

/** What is counted. Labels come from small fixed sets, never from senders. */
export interface AgentMetrics {
  /** A message was admitted. */
  accepted(sender: 'allowlisted' | 'unknown'): void;
  /** A message was dropped. */
  dropped(reason: string): void;
  /** Something that the guard noticed in a message. */
  finding(kind: string): void;
  /** What became of an automatic answer. */
  reply(result: string): void;
}
