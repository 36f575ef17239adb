import { createElapsedClock } from '@xmtp-messaging/errors';
import { MailboxError } from '../errors.ts';
import { probePublish } from '../identity/probe-publish.ts';
import type { OnCall } from '../sdk/create-run-native.ts';
import type { NativeClient } from '../sdk/native-client.ts';

/** At least this long between two questions, however many sends are stuck. */
const restMs = 10_000;

/** Publishing in one conversation, as evidence. */
export function publishing(conversationId: string): Parameters<OnCall>[0] {
  return { direction: 'sending', kind: 'publish', key: conversationId };
}

/** Notes that publishing fails, and why: the SDK's error is the same for all reasons, so the node is asked. */
export function createTroubleNamer(options: {
  client: Pick<NativeClient, 'nodeUrl' | 'calls'>;
  note: OnCall;
  now: () => number;
}): (conversationId: string, error: unknown) => Promise<void> {
  const { client, note } = options;
  const elapsed = createElapsedClock(options.now);
  let askedAt = Number.NEGATIVE_INFINITY;
  let reason: Error | null = null;

  const ask = async (url: string) => {
    if (elapsed() - askedAt < restMs) return;
    askedAt = elapsed();
    const cost = { reads: 0, writes: 1 };
    reason = await client.calls.run({ class: 'send', cost }, () => probePublish(url)).catch(() => null);
    if (reason !== null) client.calls.note(reason);
  };

  return async (conversationId, error) => {
    // Nothing was asked: the budget says why.
    if (error instanceof MailboxError && error.code === 'RATE_LIMITED') return;
    note(publishing(conversationId), reason ?? error ?? undefined);
    if (client.nodeUrl === null) return;
    await ask(client.nodeUrl);
    if (reason !== null) note(publishing(conversationId), reason);
  };
}
