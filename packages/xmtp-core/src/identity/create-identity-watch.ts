import { type MailboxError, mailboxError } from '../errors.ts';
import { callsAs } from '../governor/call-class.ts';
import type { Cost } from '../governor/types.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import { classifySdkError } from '../sdk/classify-error.ts';
import { pause } from '../util/pause.ts';
import { late, within } from '../util/within.ts';
import { probeCutover } from './probe-cutover.ts';
import { probePublish } from './probe-publish.ts';

/** Who is told what a look showed. */
export interface IdentityEvents {
  onBudget: (installations: number, identityUpdates: number) => void;
  onTerminal: (error: MailboxError) => void;
}

/** Looks for what ends a mailbox for good: a revoked installation, a retired network. */
export interface IdentityWatch {
  start(events: IdentityEvents): void;
  /** Looks soon, for example because publishing fails; many calls make one look. */
  lookSoon(): void;
  stop(): void;
}

const oneRead: Cost = { reads: 1, writes: 0 };
const oneWrite: Cost = { reads: 0, writes: 1 };
/** After a look that had no answer. */
const retryMs = 30_000;
/** At least this long between two looks, however often they are asked for. */
const restMs = 10_000;

export function createIdentityWatch(options: {
  client: NativeClient;
  now: () => number;
  /** Between two looks that nobody asked for; a look of these waits until it may ask the network. */
  everyMs: number;
}): IdentityWatch {
  const { client, now, everyMs } = options;
  const stopped = new AbortController();
  let wake = new AbortController();
  let failed = false;

  /** A date is only a reason to ask: our clock may be wrong, and dates are moved. What ends it is the network's own word. */
  const isRetired = async (isAsked: boolean): Promise<boolean> => {
    const { nodeUrl, calls } = client;
    if (nodeUrl === null) return false;
    const cutover = await calls.run({ class: 'background', cost: oneRead }, () => probeCutover(nodeUrl));
    if (cutover === null || (cutover > now() && !isAsked)) return false;
    const refusal = await calls.run({ class: 'background', cost: oneWrite }, () => probePublish(nodeUrl));
    return refusal !== null && classifySdkError(refusal) === 'NETWORK_RETIRED';
  };

  const look = async ({ onBudget, onTerminal }: IdentityEvents, isAsked: boolean) => {
    if (await isRetired(isAsked)) onTerminal(mailboxError('NETWORK_RETIRED'));
    const installations = await client.installations();
    if (!installations.includes(client.installationId)) onTerminal(mailboxError('REVOKED'));
    onBudget(installations.length, await client.identityUpdates());
  };

  const loop = async (events: IdentityEvents) => {
    while (!stopped.signal.aborted) {
      const asked = wake.signal;
      const ended = AbortSignal.any([stopped.signal, asked]);
      await pause(failed ? Math.min(everyMs, retryMs) : everyMs, ended);
      if (!failed) await client.calls.beat(ended);
      if (stopped.signal.aborted) return;
      // No answer means nothing here: whether the network can be reached is told by the syncs.
      const outcome = await within(
        callsAs('background', () => look(events, asked.aborted)).then(
          () => 'seen',
          () => 'unseen',
        ),
        { ms: 30_000 },
      );
      failed = outcome !== 'seen';
      if (outcome === late) continue;
      await pause(Math.min(restMs, everyMs), stopped.signal);
      if (asked.aborted) wake = new AbortController();
    }
  };
  return { start: (events) => void loop(events), lookSoon: () => wake.abort(), stop: () => stopped.abort() };
}
