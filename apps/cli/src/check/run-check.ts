import { isBaseError } from '@xmtp-messaging/errors';
import { fail, type Finding, type Subject } from '../doctor/types.ts';
import { askSteps } from './ask-steps.ts';
import { talkSteps } from './talk-steps.ts';
import { throwAway } from './throw-away.ts';
import type { CheckPlace, CheckResult, CheckStep, Pair } from './types.ts';

/** For one step, milliseconds. */
const stepMs = 60_000;

/** What is checked, and who is told. */
export interface CheckOptions {
  place: CheckPlace;
  /** Where names are asked for, as the settings of a server say. */
  env: Subject['env'];
  /** A name that must be found. */
  name: string;
  /** Ends the steps; what was made is removed all the same. */
  signal: AbortSignal;
  onStep: (name: string) => void;
  onResult: (result: CheckResult) => void;
}

/**
 * Tries on a network, with two new wallets, what no test of ours can try: registers, sends, hears, and takes everything back.
 * A step that fails ends no other, but for those that stand on it.
 */
export async function runCheck({ place, env, name, signal, onStep, onResult }: CheckOptions): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  const take = async (step: CheckStep, limit: AbortSignal = signal): Promise<boolean> => {
    onStep(step.name);
    const start = performance.now();
    const found = await attempt(step, AbortSignal.any([limit, AbortSignal.timeout(stepMs)]));
    const result = { ...found, ms: Math.round(performance.now() - start) };
    results.push(result);
    onResult(result);
    return result.level !== 'fail';
  };

  for (const step of askSteps(place, env, name)) if (!signal.aborted) await take(step);
  // Nothing else can be found out while the network is away.
  if (signal.aborted || results[0]?.level === 'fail') return results;
  const made = await throwAway(place);
  try {
    const pair: { opened: Pair | null } = { opened: null };
    const wallets: CheckStep = {
      name: 'wallets',
      run: async () => ({ level: 'ok', message: `Made ${(await made.makeWallets()).join(' and ')}.`, next: null }),
    };
    const register: CheckStep = {
      name: 'register',
      run: async (limit) => {
        pair.opened = await made.open(limit);
        return { level: 'ok', message: 'Both are registered.', next: null };
      },
    };
    if ((await take(wallets)) && (await take(register)) && pair.opened !== null)
      for (const step of talkSteps(pair.opened)) if (!signal.aborted) await take(step);
    const revoke: CheckStep = {
      name: 'revoke',
      run: async () => ({ level: 'ok', message: `Revoked ${await made.revoke()} installations.`, next: null }),
    };
    // Whatever became of the rest, and after an interruption too: nothing is left on the network.
    await take(revoke, new AbortController().signal);
  } finally {
    await made.remove();
  }
  return results;
}

async function attempt(step: CheckStep, signal: AbortSignal): Promise<Finding> {
  const { name } = step;
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const end = () => reject(signal.reason);
  signal.addEventListener('abort', end, { once: true });
  try {
    return { check: name, ...(await Promise.race([step.run(signal), ended])) };
  } catch (error) {
    if (signal.aborted) return fail(name, 'It was ended before there was an answer.', 'See the steps before it.');
    if (!isBaseError(error)) return fail(name, error instanceof Error ? error.message : 'It failed.', 'Report this.');
    return fail(name, `${error.shortMessage} (${error.code})`, error.metaMessages.join(' '));
  } finally {
    signal.removeEventListener('abort', end);
  }
}
