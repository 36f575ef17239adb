import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs } from '@xmtp-messaging/errors';
import { CliError } from '../errors.ts';
import { type MessagePage, messagePageAnswer } from './answers.ts';
import type { MailboxClient } from './create-mailbox-client.ts';

/** How to wait for messages. */
export interface PageWaiterOptions {
  client: MailboxClient;
  /** Ends the wait. */
  signal: AbortSignal;
  /** The server is away, or not ready; told once each time. */
  onAway: () => void;
  /** Delay before it is asked again the first time, doubled up to ten seconds, milliseconds. @default 250 */
  baseMs?: number | undefined;
}

/** Which messages, and how long the server may hold one question. */
export interface NextPage {
  after: number;
  /** Further parts of the query, `&` first. */
  more: string;
  seconds: number;
}

/**
 * Waits for messages over a restart of the server, which is no end: who waits would wake nobody any more. A server that was
 * never there is one.
 * @returns asks for the next page; `null` when the signal was faster
 * @throws CliError, of the first question whatever it is, later what asking again does not mend
 */
export function createPageWaiter({ client, signal, onAway, baseMs = 250 }: PageWaiterOptions) {
  let wasThere = false;
  return async ({ after, more, seconds }: NextPage): Promise<MessagePage | null> => {
    for (let failures = 0; !signal.aborted;) {
      try {
        // The first question is answered at once: who waits does so at a server that was there.
        const path = `/xmtp/messages?after=${after}${wasThere ? `&wait=${seconds}` : ''}${more}`;
        const page = await client.ask(messagePageAnswer, { path, signal });
        wasThere = true;
        return page;
      } catch (error) {
        if (signal.aborted) return null;
        if (!wasThere || !isPassing(error)) throw error;
        if (failures === 0) onAway();
        failures += 1;
        await delay(backoffMs(failures, { baseMs, maxMs: 10_000 }), undefined, { signal }).catch(() => {});
      }
    }
    return null;
  };
}

/** It is down, or up and not ready. What has its port meanwhile says that it is another agent's, and that is an end. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof CliError)) return false;
  const { status } = error.facts;
  return status === undefined ? error.code === 'NOT_RUNNING' : typeof status === 'number' && passing.has(status);
}

const passing: ReadonlySet<number> = new Set([429, 502, 503, 504]);
