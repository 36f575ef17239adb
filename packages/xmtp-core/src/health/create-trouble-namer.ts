import { createElapsedClock } from '@xmtp-messaging/errors';
import { MailboxError } from '../errors.ts';
import { probePublish } from '../identity/probe-publish.ts';
import type { OnCall } from '../sdk/create-run-native.ts';
import type { NativeClient } from '../sdk/native-client.ts';

/** At least this long between two questions, however many sends are stuck. */
const restMs = 10_000;

/** Notes how publishing goes. */
export interface TroubleNamer {
  sent(conversationId: string): void;
  /** Publishing does not succeed: notes why. The SDK's error is the same for all reasons, so the node is asked. */
  stuck(conversationId: string, error: unknown): Promise<void>;
}

export function createTroubleNamer(options: {
  client: Pick<NativeClient, 'nodeUrl' | 'calls'>;
  note: OnCall;
  now: () => number;
  /** One question to the node; why it takes no messages, or `null`. */
  probe?: typeof probePublish | undefined;
}): TroubleNamer {
  const { client, note, probe = probePublish } = options;
  const elapsed = createElapsedClock(options.now);
  let askedAt = Number.NEGATIVE_INFINITY;
  let reason: Error | null = null;
  let count = 0;
  const publishing = (conversationId: string): Parameters<OnCall>[0] => ({
    direction: 'sending',
    kind: 'publish',
    key: conversationId,
    begun: ++count,
  });

  const ask = async (url: string) => {
    if (elapsed() - askedAt < restMs) return;
    askedAt = elapsed();
    reason = null;
    const cost = { reads: 0, writes: 1 };
    reason = await client.calls.run({ class: 'send', cost }, () => probe(url)).catch(() => null);
    if (reason !== null) client.calls.note(reason);
  };

  return {
    sent: (conversationId) => note(publishing(conversationId), null),
    async stuck(conversationId, error) {
      // Nothing was asked: the budget says why.
      if (error instanceof MailboxError && error.code === 'RATE_LIMITED') return;
      const work = publishing(conversationId);
      const isAsked = elapsed() - askedAt < restMs;
      note(work, (isAsked ? reason : null) ?? error ?? undefined);
      if (client.nodeUrl === null) return;
      await ask(client.nodeUrl);
      // Under its old number: what was sent while the node was asked is newer.
      if (reason !== null) note(work, reason);
    },
  };
}
