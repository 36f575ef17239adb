import type { AgentLogger, AgentMetrics } from './types.ts';

const nothing = () => {};

/** For those who want to be told nothing. */
export const silent: AgentLogger & AgentMetrics = {
  info: nothing,
  warn: nothing,
  error: nothing,
  debug: nothing,
  accepted: nothing,
  dropped: nothing,
  finding: nothing,
  reply: nothing,
};
