import type { BudgetLimit } from './types.ts';

/** Our copy of a bucket that the node keeps. */
export interface Budget {
  level: number;
  /** Last call of the kind, milliseconds; `null` before the first. */
  seenAt: number | null;
}

/** The node must see a minute of silence; ours starts and ends a bit apart from its. */
const slackMs = 2_000;
const minuteMs = 60_000;

export function createBudget(limit: BudgetLimit): Budget {
  return { level: limit.burst, seenAt: null };
}

/** What is left at a time. */
export function levelAt(budget: Budget, limit: BudgetLimit, now: number): number {
  if (budget.seenAt === null) return budget.level;
  const minutes = Math.floor(Math.max(0, now - budget.seenAt - slackMs) / minuteMs);
  return Math.min(limit.burst, budget.level + minutes * limit.perMinute);
}

/** Counts calls. With a cost of 0 it notes that one has begun: the silence is over. */
export function spend(budget: Budget, limit: BudgetLimit, cost: number, now: number): void {
  budget.level = Math.max(0, levelAt(budget, limit, now) - cost);
  budget.seenAt = Math.max(now, budget.seenAt ?? now);
}

/** When `wanted` will be there if nobody calls until then. */
export function readyAt(budget: Budget, limit: BudgetLimit, wanted: number, now: number): number {
  if (levelAt(budget, limit, now) >= wanted || budget.seenAt === null) return now;
  const minutes = Math.ceil((Math.min(wanted, limit.burst) - budget.level) / limit.perMinute);
  return Math.max(now, budget.seenAt + minutes * minuteMs + slackMs);
}
