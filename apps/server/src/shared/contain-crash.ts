import { AsyncLocalStorage } from 'node:async_hooks';

/** An agent of several, as whatever it started knows it. */
export interface AgentScope {
  /** Something of it failed where nobody waited for it. */
  crashed(error: unknown): void;
}

const scopes = new AsyncLocalStorage<AgentScope>();

/** Runs what belongs to an agent, and all that follows from it. */
export function inScope<T>(scope: AgentScope, work: () => T): T {
  return scopes.run(scope, work);
}

/**
 * For the handler of `uncaughtException`: gives an error that nobody handled to the agent whose parts threw it.
 * @returns whether there was one; else the process is not known to be sound
 */
export function containCrash(error: unknown): boolean {
  const scope = scopes.getStore();
  if (scope === undefined) return false;
  scope.crashed(error);
  return true;
}
