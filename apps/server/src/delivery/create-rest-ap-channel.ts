import { setTimeout as delay } from 'node:timers/promises';
import { createElapsedClock, wallClock } from '@xmtp-messaging/errors';
import PQueue from 'p-queue';
import type { AgentMessage } from '@xmtp-messaging/agent';
import { type AgentSays, findSession, readNews, readTalk } from './rest-ap-news.ts';
import { openSessions, type Sessions } from './open-sessions.ts';
import { readFailure, readStatus } from './read-status.ts';
import { createRequestSender, type RequestSenderOptions, type AskAgent } from './create-request-sender.ts';
import type { Channel, ChannelOutcome } from './types.ts';

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
  /** Which memory of the agent belongs to which conversation. @default as long as this channel lives */
  sessions?: Sessions | undefined;
}

/** Looks at the news that may fail in a row before the question counts as lost. */
const patience = 5;

/**
 * Talks to a REST-AP agent as any other agent would: `POST /talk`, then, when it answered with a `query_id`,
 * `GET /news?since=` until the result is there. It only calls these; it never offers them.
 *
 * The agent keeps one memory for each conversation (`session_id`). Agents that have sessions may go on with their last
 * one when they are given none; so once one has named a session, the first question of any other conversation is
 * preceded by `POST /clear`, and questions are asked one by one, else the last session would be another's.
 */
export function createRestApChannel(options: RestApChannelOptions): Channel {
  const { timeoutMs, now = wallClock, sessions = openSessions(null) } = options;
  const base = options.url.endsWith('/') ? options.url : `${options.url}/`;
  const sender = createRequestSender(options);
  const turns = new PQueue();
  let canClear = true;
  const post = (path: string, body: object, headers: Record<string, string>, signal: AbortSignal) =>
    sender.send({
      method: 'POST',
      url: new URL(path, base),
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      timeoutMs,
      signal,
    });

  const ask = async (message: AgentMessage, text: string, signal: AbortSignal): Promise<ChannelOutcome> => {
    const { conversationId } = message;
    const session = sessions.get(conversationId);
    if (session === null && turns.concurrency === 1) {
      const status = await post('clear', {}, {}, signal).then(
        (answer) => answer.status,
        () => 0,
      );
      signal.throwIfAborted();
      canClear = status < 400 || status >= 500;
    }
    const askedAt = now();
    const answer = await post('talk', talkBody(message, text, session), { 'idempotency-key': message.id }, signal);
    const ended = readStatus(answer, '/talk', now());
    if (ended !== null) return ended;
    const said = readTalk(answer.body, answer.headers['content-type']);
    const { end, sessionId } =
      said.kind === 'pending'
        ? await follow(said.queryId, askedAt, base, sender.send, options, signal)
        : { end: said, sessionId: findSession(answer.body, null) };
    if (end.kind === 'answer') {
      if (sessionId !== null) await sessions.keep(conversationId, sessionId);
      return { kind: 'delivered', reply: end.text };
    }
    const { why: error, session: after = 'suspect' } = end;
    // What is asked next begins a new one.
    if (after === 'lost' || (after === 'suspect' && end.kind === 'refused')) sessions.forget(conversationId);
    if (end.kind === 'failed') return { kind: 'failed', error, retryAfterMs: end.retryAfterMs };
    // The question itself was not refused, but the memory that we wanted it asked in.
    const attempts = after === 'lost' && session !== null ? Math.max(2, end.attempts) : end.attempts;
    return { kind: 'refused', error, attempts };
  };

  return {
    kind: 'rest-ap',
    close: sender.close,
    deliver: async (message, { signal }) => {
      const { text } = message;
      // Nothing to say: a question without words would only confuse the agent.
      if (text === null) return { kind: 'delivered', reply: null };
      try {
        turns.concurrency = canClear && !sessions.isEmpty() ? 1 : Infinity;
        return await turns.add(() => ask(message, text, signal), { signal });
      } catch (error) {
        signal.throwIfAborted();
        return readFailure(error);
      }
    },
  };
}

/**
 * The body of `POST /talk`; what an agent does not know it ignores. `schedule` keeps agents that send each answer to
 * the manager of the one who asked from doing so: the asker is a person elsewhere, and is answered by us.
 */
function talkBody(message: AgentMessage, text: string, session: string | null) {
  const { text: _, ...facts } = message;
  return {
    message: text,
    from: `xmtp:${message.from.address ?? message.from.inboxId}`,
    schedule: { kind: 'xmtp', noAutoReply: true },
    ...(session === null ? {} : { session_id: session }),
    xmtp: facts,
  };
}

/** What a question ended in, and the session that it belongs to. */
interface Followed {
  end: Exclude<AgentSays, { kind: 'pending' }>;
  sessionId: string | null;
}

async function follow(
  queryId: string,
  askedAt: number,
  base: string,
  send: AskAgent,
  options: RestApChannelOptions,
  signal: AbortSignal,
): Promise<Followed> {
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
    if (failures >= patience) return failed('the news of the agent cannot be read');
    if (answer !== null && news !== null && news.end !== null && news.end.kind !== 'pending')
      return { end: news.end, sessionId: findSession(answer.body, queryId) };
    // Items of the same millisecond as the page must not slip between two looks.
    if (news?.timestamp !== null && news !== null) since = Math.max(since, news.timestamp - 1000);
  }
  return failed(`the agent did not finish within ${answerTimeoutMs} ms`);
}

function failed(why: string): Followed {
  return { end: { kind: 'failed', why, session: 'kept' }, sessionId: null };
}
