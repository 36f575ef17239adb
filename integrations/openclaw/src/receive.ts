import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { unwrap } from '@xmtp-messaging/client';
import { backoffMs, isBaseError, wallClock } from '@xmtp-messaging/errors';
import PQueue from 'p-queue';
import { dispatchMessage, type DispatchOptions, type Message } from './dispatch-message.ts';
import { ChannelError } from './errors.ts';
import type { ChannelRuntime, GatewayContext } from './host.ts';
import { readAsText } from './read-as-text.ts';
import { type Account, openMailbox } from './read-account.ts';

/** How the receiving is paced; tests shorten it. */
export interface ReceiveOptions {
  /** Pause before the second attempt, milliseconds; doubles with jitter, up to a minute. @default 1000 */
  retryMs?: number | undefined;
  /** How often a message is given to the agent before it is left pending. @default 3 */
  attempts?: number | undefined;
}

const turnsAtOnce = 4;
const waiting = 100;

/**
 * Hands every pending message of a mailbox to the host, in order within a conversation, until the signal. A message is acknowledged when the agent's turn
 * has ended; one that fails again and again stays pending, and is tried by the next start.
 */
export async function receive(
  { cfg, account, abortSignal: signal, log, setStatus, channelRuntime }: GatewayContext<Account>,
  { retryMs = 1000, attempts = 3 }: ReceiveOptions = {},
): Promise<void> {
  if (!account.configured) throw new ChannelError({ code: 'NOT_CONFIGURED' });
  const { accountId, dmPolicy } = account;
  const tell = (more: { connected: boolean; lastError?: string | null; lastInboundAt?: number }) =>
    setStatus({ accountId, enabled: true, configured: true, running: !signal.aborted, dmPolicy, ...more });
  if (dmPolicy === 'disabled') {
    // Everything stays pending, for whoever else reads this mailbox.
    tell({ connected: false });
    if (!signal.aborted) await once(signal, 'abort');
    return;
  }
  const mailbox = openMailbox(account);
  const turns = new PQueue({ concurrency: turnsAtOnce });
  const lanes = new Map<string, Promise<void>>();
  const pause = (attempt: number) =>
    delay(backoffMs(attempt, { baseMs: retryMs, maxMs: 60_000, random: Math.random }), undefined, { signal }).catch(
      () => {},
    );

  for (let after = 0, failures = 0; !signal.aborted;) {
    try {
      const rules = await readAsText(
        mailbox.GET('/xmtp/prompt', { params: { query: { format: 'text' } }, parseAs: 'text', signal }),
      );
      const query = { state: 'pending', after, limit: 20, wait: 30 } as const;
      const page = await unwrap(mailbox.GET('/xmtp/messages', { params: { query }, signal }));
      failures = 0;
      tell({ connected: true, lastError: null });
      const options = { account, cfg, runtime: channelRuntime as ChannelRuntime, mailbox, rules, signal };
      for (const message of page.messages as Message[]) inLane(message, options);
      after = page.cursor;
      await turns.onSizeLessThan(waiting);
    } catch (error) {
      if (signal.aborted) break;
      failures += 1;
      tell({ connected: false, lastError: codeOf(error) });
      log?.warn?.(`[${accountId}] xmtp: the mailbox does not answer (${codeOf(error)}).`);
      await pause(failures);
    }
  }
  await Promise.allSettled(lanes.values());
  tell({ connected: false });

  function inLane(message: Message, options: DispatchOptions): void {
    const before = lanes.get(message.conversationId) ?? Promise.resolve();
    const lane = follow();
    lanes.set(message.conversationId, lane);

    async function follow(): Promise<void> {
      await before;
      await turns.add(() => handle(message, options));
      if (lanes.get(message.conversationId) === lane) lanes.delete(message.conversationId);
    }
  }

  async function handle(message: Message, options: DispatchOptions): Promise<void> {
    const params = { path: { id: message.id } };
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        if (reachesAgent(message, dmPolicy)) await dispatchMessage(message, options);
        else
          log?.info?.(`[${accountId}] xmtp: ${message.id} is of a stranger, and dmPolicy is ${dmPolicy}: not shown.`);
        await unwrap(mailbox.POST('/xmtp/messages/{id}/ack', { params, signal }));
        tell({ connected: true, lastError: null, lastInboundAt: wallClock() });
        return;
      } catch (error) {
        if (signal.aborted) return;
        tell({ connected: true, lastError: codeOf(error) });
        log?.warn?.(`[${accountId}] xmtp: ${message.id} failed (${codeOf(error)}), attempt ${attempt} of ${attempts}.`);
        if (attempt === attempts) return;
        await pause(attempt);
      }
    }
  }
}

/** The mailbox has admitted the sender; the host may hear fewer, and never more. */
function reachesAgent({ from }: Message, dmPolicy: Account['dmPolicy']): boolean {
  return dmPolicy === 'open' || from.sender === 'allowlisted';
}

/** What went wrong in a word: messages of errors may quote people. */
function codeOf(error: unknown): string {
  if (isBaseError(error)) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
