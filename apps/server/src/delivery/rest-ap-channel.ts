import { setTimeout as delay } from 'node:timers/promises';
import { createElapsedClock, wallClock } from '@xmtp-messaging/errors';
import type { AgentMessage } from '../agent/message-view.ts';
import { type AgentSays, readNews, readTalk } from './rest-ap-news.ts';
import { readFailure, readStatus } from './read-status.ts';
import { createRequestSender, type RequestSenderOptions, type SendRequest } from './send-request.ts';
import type { Channel, DeliveryOutcome } from './types.ts';

/** Options of the REST-AP channel. */
export interface RestApChannelOptions extends RequestSenderOptions {
  /** Base URL of the agent. */
  url: string;
  /** For one HTTP request, milliseconds. */
  timeoutMs: number;
  /** For the whole answer, milliseconds. */
  answerTimeoutMs: number;
  /** First pause between two looks at the news, milliseconds; grows to eight times that. @default 250 */
  pollMs?: number | undefined;
  /** @default the wall clock */
  now?: (() => number) | undefined;
  /** @default Math.random */
  random?: (() => number) | undefined;
}

/** Looks at the news that may fail in a row before the question counts as lost. */
const patience = 5;

/**
 * Talks to a REST-AP agent as any other agent would: `POST /talk`, then, when it answered with a `query_id`,
 * `GET /news?since=` until the result is there. It only calls these; it never offers them.
 */
export function createRestApChannel(options: RestApChannelOptions): Channel {
  const { timeoutMs, now = wallClock } = options;
  const base = options.url.endsWith('/') ? options.url : `${options.url}/`;
  const sender = createRequestSender(options);
  return {
    kind: 'rest-ap',
    close: sender.close,
    deliver: async (message, { signal }) => {
      // Nothing to say: a question without words would only confuse the agent.
      if (message.text === null) return { kind: 'delivered', reply: null };
      const askedAt = now();
      try {
        const answer = await sender.send({
          method: 'POST',
          url: new URL('talk', base),
          headers: { 'content-type': 'application/json', 'idempotency-key': message.id },
          body: JSON.stringify(talkBody(message, message.text)),
          timeoutMs,
          signal,
        });
        const ended = readStatus(answer, '/talk', now());
        if (ended !== null) return ended;
        const said = readTalk(answer.body, answer.headers['content-type']);
        if (said.kind !== 'pending') return toOutcome(said);
        return await follow(said.queryId, askedAt, base, sender.send, options, signal);
      } catch (error) {
        signal.throwIfAborted();
        return readFailure(error);
      }
    },
  };
}

function toOutcome(said: Exclude<AgentSays, { kind: 'pending' }>): DeliveryOutcome {
  if (said.kind === 'refused') return { kind: 'refused', error: said.why, attempts: said.attempts };
  return { kind: 'delivered', reply: said.text };
}

/** The body of `POST /talk`; what an agent does not know it ignores. */
function talkBody(message: AgentMessage, text: string) {
  const { text: _, ...facts } = message;
  return { message: text, from: `xmtp:${message.from.address ?? message.from.inboxId}`, xmtp: facts };
}

async function follow(
  queryId: string,
  askedAt: number,
  base: string,
  send: SendRequest,
  options: RestApChannelOptions,
  signal: AbortSignal,
): Promise<DeliveryOutcome> {
  const { timeoutMs, answerTimeoutMs, pollMs = 250, now, random = Math.random } = options;
  const elapsed = createElapsedClock(now);
  const end = elapsed() + answerTimeoutMs;
  // The first look reaches back a minute, because the agent's clock may be behind ours.
  let since = Math.max(0, askedAt - 60_000);
  let failures = 0;
  for (let look = 0; elapsed() < end; look += 1) {
    await delay(pollMs * Math.min(8, 1.5 ** look) * (0.5 + random() / 2), undefined, { signal });
    const url = new URL(`news?${new URLSearchParams({ since: String(since), query_id: queryId }).toString()}`, base);
    const answer = await send({ method: 'GET', url, timeoutMs, signal }).catch(() => null);
    signal.throwIfAborted();
    const news = answer !== null && answer.status === 200 ? readNews(answer.body, queryId) : null;
    failures = news === null ? failures + 1 : 0;
    if (failures >= patience) return { kind: 'failed', error: 'the news of the agent cannot be read' };
    if (news !== null && news.end !== null && news.end.kind !== 'pending') return toOutcome(news.end);
    // Items of the same millisecond as the page must not slip between two looks.
    if (news?.timestamp !== null && news !== null) since = Math.max(since, news.timestamp - 1000);
  }
  return { kind: 'failed', error: `the agent did not finish within ${answerTimeoutMs} ms` };
}
