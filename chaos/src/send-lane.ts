import { setTimeout as delay } from 'node:timers/promises';
import type { Token } from './create-tally.ts';
import { sayToken } from './say-token.ts';

/** One sender-recipient pair. */
export interface LaneOptions {
  lane: string;
  /** Where the sender's server listens; it may be down at any moment. */
  url: string;
  /** The recipient's address. */
  to: string;
  messages: number;
  /** Makes idempotency keys unique across runs. */
  prefix: string;
  random: () => number;
  /** Before each attempt. */
  onBegin?: ((token: Token, reactsTo: Token | null) => void) | undefined;
  onAccepted: (token: Token) => void;
  signal: AbortSignal;
}

/**
 * Sends `messages` messages in steps of one to eight concurrent ones, each repeated with its idempotency key until HTTP
 * answers 200. The next step starts when the whole step was accepted, so that steps have an order.
 */
export async function sendLane(options: LaneOptions): Promise<void> {
  const { lane, messages, random } = options;
  let sent = 0;
  const earlier: Earlier = { sent: null };
  for (let step = 0; sent < messages; step += 1) {
    const size = Math.min(messages - sent, 1 + Math.floor(random() * 8));
    await Promise.all(Array.from({ length: size }, (_, index) => sendOne(options, { lane, step, index }, earlier)));
    sent += size;
  }
}

/** What replies and reactions refer to: the first message of the lane that was accepted. */
interface Earlier {
  sent: { id: string; token: Token } | null;
}

async function sendOne(options: LaneOptions, token: Token, earlier: Earlier): Promise<void> {
  const { url, to, prefix, random, signal, onAccepted } = options;
  const { sent } = earlier;
  const said = sayToken(token, sent?.id ?? null);
  const reactsTo = 'contentType' in said && said.contentType === 'reaction' ? (sent?.token ?? null) : null;
  const request = {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': `${prefix}-${token.lane}-${token.step}-${token.index}`,
    },
    body: JSON.stringify({ to, ...said }),
  };
  for (;;) {
    options.onBegin?.(token, reactsTo);
    const status = await fetch(`${url}/xmtp/send`, {
      ...request,
      signal: AbortSignal.any([signal, AbortSignal.timeout(20_000)]),
    }).then(
      async (response) => {
        const text = await response.text();
        if (response.status === 200) earlier.sent ??= { id: (JSON.parse(text) as { id: string }).id, token };
        return response.status;
      },
      () => 0,
    );
    signal.throwIfAborted();
    if (status === 200) return onAccepted(token);
    if (status >= 400 && status < 500 && status !== 429 && status !== 408) {
      throw new Error(`${token.lane}: POST /xmtp/send answered ${status}, which no repetition can mend`);
    }
    await delay(100 + random() * 400, undefined, { signal });
  }
}
