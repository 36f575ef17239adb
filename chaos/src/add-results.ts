import type { PhoneResult } from './create-phone-book.ts';
import type { TallyResult } from './create-tally.ts';

/** What is counted besides messages and phones. */
export type Finding = keyof Findings;

interface Findings {
  /** Strangers who wrote. */
  strangers: number;
  /** Texts of strangers that reached an agent. */
  strangersHeard: number;
  /** Messages that waited in many conversations when the storm began. */
  backlog: number;
  /** Methods that failed without any status telling. */
  untold: number;
  /** Looks at which `/readyz` said something else than the status. */
  contradictions: number;
  /** Servers that were not ready again when everything was over. */
  unrecovered: number;
  /** Times that `/healthz` of a living server did not answer 200 within ten seconds. */
  deaf: number;
}

/** What runs came to. */
export interface Result extends TallyResult, PhoneResult, Findings {
  /** How often each kind of trouble happened. */
  troubles: Record<string, number>;
}

const bad = [
  'lost',
  'duplicateSends',
  'wrongOrder',
  'unread',
  'readByLost',
  'strangersHeard',
  'untold',
  'contradictions',
  'unrecovered',
  'deaf',
] as const satisfies readonly (keyof Result)[];

export const noFindings = (): Findings => ({
  strangers: 0,
  strangersHeard: 0,
  backlog: 0,
  untold: 0,
  contradictions: 0,
  unrecovered: 0,
  deaf: 0,
});

/** Whether nothing happened that must not. */
export const isClean = (result: Result): boolean => bad.every((key) => result[key] === 0);

/** Sums of every count. */
export function addResults(first: Result, second: Result): Result {
  const sum = { ...first, troubles: { ...first.troubles } };
  for (const [key, count] of Object.entries(second)) {
    if (key !== 'troubles') sum[key as Exclude<keyof Result, 'troubles'>] += count as number;
  }
  for (const [kind, count] of Object.entries(second.troubles)) sum.troubles[kind] = (sum.troubles[kind] ?? 0) + count;
  return sum;
}
