import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Knock, KnockPage } from '@xmtp-messaging/xmtp-core';
import { backoffMs } from '@xmtp-messaging/errors';
import type { ChannelOutcome } from '../delivery/types.ts';
import { describeKnock, type ToldKnock } from './describe-knock.ts';
import type { ToldKnocks } from './open-told-knocks.ts';

/** What the operator is told at once. */
export interface KnockNewsBody {
  type: 'knock.received';
  timestamp: string;
  data: {
    knocks: ToldKnock[];
    /** Further ones that are new and not among them: the list has them. */
    more: number;
    total: KnockPage['total'];
  };
}

/** What knocks are told by. */
export interface KnockNewsOptions {
  /** The newest, at most 100. */
  knocks: () => Promise<KnockPage>;
  /** One attempt; `id` is the same for all attempts. Never throws but for `signal`. */
  post: (body: KnockNewsBody, asked: { id: string; signal: AbortSignal }) => Promise<ChannelOutcome>;
  /** A confirmed name of an address. Rejects when it cannot be known. */
  nameOf: (address: string, signal: AbortSignal) => Promise<string | null>;
  told: ToldKnocks;
  logger: { warn: (fields: object) => void; error: (fields: object) => void };
  now: () => number;
  random: () => number;
  /** Attempts before a piece of news is given up. @default 20 */
  maxAttempts?: number | undefined;
  /** Before the second attempt, milliseconds; doubles, up to three minutes. @default 1_000 */
  retryBaseMs?: number | undefined;
  /** How long one knock waits for others, milliseconds. @default 1_000 */
  gatherMs?: number | undefined;
  /** Least time between two pieces of news, milliseconds. @default 60_000 */
  everyMs?: number | undefined;
}

/** Tells the operator who knocks. */
export interface KnockNews {
  /** Somebody may have knocked. Cheap, however often it is called. */
  ring(): void;
  /** Ends it; what was not told is told by the next process. */
  stop(): Promise<void>;
}

const maxKnocks = 20;

/**
 * Tells the operator of new knocks, never what was said. However many strangers write however often, it is one request a minute
 * with at most twenty of them; those on the list of the operator's people come first. News that nobody takes are given up after
 * the last attempt, and are part of the next ones.
 */
export function createKnockNews(options: KnockNewsOptions): KnockNews {
  const { told, logger, now, random, gatherMs = 1_000, everyMs = 60_000 } = options;
  const { maxAttempts = 20, retryBaseMs = 1_000 } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let bell = Promise.withResolvers<void>();

  /** @returns `false`: nobody wants to hear of it any more. */
  const deliver = async (body: KnockNewsBody): Promise<boolean> => {
    const id = `knock_${randomUUID()}`;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await options.post(body, { id, signal });
      if (outcome.kind === 'delivered') return true;
      const most = outcome.kind === 'refused' ? Math.min(outcome.attempts, maxAttempts) : maxAttempts;
      if (outcome.kind === 'gone' || attempt >= most) {
        logger.error({
          event: 'knocks-not-told',
          reason: outcome.error,
          attempts: attempt,
          count: body.data.knocks.length,
        });
        if (outcome.kind === 'gone') return false;
        throw new Error('given up');
      }
      const asked = outcome.kind === 'failed' ? (outcome.retryAfterMs ?? 0) : 0;
      await delay(Math.max(asked, backoffMs(attempt, { baseMs: retryBaseMs, maxMs: 180_000, random })), undefined, {
        signal,
      });
    }
  };

  const tell = async (): Promise<'told' | 'nothing' | 'gone'> => {
    const page = await options.knocks();
    const fresh = page.knocks.filter((knock) => told.isNews(knock));
    if (fresh.length === 0) return 'nothing';
    const shown = fresh.slice(0, maxKnocks);
    const knocks = await Promise.all(shown.map((knock) => describe(knock)));
    const data = { knocks, more: fresh.length - shown.length, total: page.total };
    const goesOn = await deliver({ type: 'knock.received', timestamp: new Date(now()).toISOString(), data });
    await told.keep(fresh);
    return goesOn ? 'told' : 'gone';
  };

  const describe = async (knock: Knock) => {
    const [address] = knock.kind === 'message' ? knock.addresses : knock.invitedBy;
    const limit = AbortSignal.any([signal, AbortSignal.timeout(5_000)]);
    const name = address === undefined ? null : await options.nameOf(address, limit).catch(() => null);
    return describeKnock(knock, name);
  };

  const run = async () => {
    for (;;) {
      await bell.promise;
      await delay(gatherMs, undefined, { signal });
      bell = Promise.withResolvers<void>();
      try {
        const came = await tell();
        if (came === 'gone') return;
        if (came === 'nothing') continue;
      } catch (error) {
        signal.throwIfAborted();
        logger.warn({ event: 'knocks-wait', err: error });
      }
      await delay(everyMs, undefined, { signal });
    }
  };
  const ended = run().catch(() => {});
  signal.addEventListener('abort', () => bell.resolve());

  return {
    ring: () => bell.resolve(),
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
