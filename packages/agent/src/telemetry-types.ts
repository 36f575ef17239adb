/** Told what happens, one object a line: `event` names it, the rest are ids, codes and counts. */
export interface AgentLogger {
  info(fields: object): void;
  warn(fields: object): void;
  error(fields: object): void;
  debug(fields: object): void;
}

/** What is counted. Labels come from small fixed sets, never from senders. */
export interface AgentMetrics {
  accepted(sender: 'allowlisted' | 'unknown'): void;
  dropped(reason: string): void;
  /** Something that the guard noticed in a message. */
  finding(kind: string): void;
  /** What became of an automatic answer. */
  reply(result: string): void;
}
