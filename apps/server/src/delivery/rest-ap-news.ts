import type { Answer } from '@xmtp-messaging/agent';
import { z } from 'zod';
import { findReply, type Found, replyOf } from './find-reply.ts';
import { parseAnswerJson } from './parse-answer-json.ts';
import { readAnswer } from './read-answer.ts';
import { refusalAttempts } from './read-status.ts';

/** What `/talk` or a news item says about a question. */
export type AgentSays =
  | { kind: 'answer'; text: string | readonly Answer[] | null }
  | { kind: 'pending'; queryId: string }
  /** Final after `attempts` of these in a row. */
  | { kind: 'refused'; why: string; attempts: number; session?: SessionAfter }
  /** It passes by itself. */
  | { kind: 'failed'; why: string; retryAfterMs?: number; session?: SessionAfter };

/** Whether the session that a question failed in can go on, may be what made it fail, or is gone. */
export type SessionAfter = 'kept' | 'suspect' | 'lost';

const loose = z.record(z.string(), z.unknown());

/** Reads the answer of `POST /talk`: a result at once, an id to follow, or neither. `type` is its `Content-Type`. */
export function readTalk(body: string, type?: string): AgentSays {
  const answer = loose.safeParse(parseAnswerJson(body.trim())).data ?? {};
  const queryId = answer['query_id'] ?? answer['queryId'];
  const isPending = typeof queryId === 'string' && queryId !== '' && pickResult(answer) === undefined;
  if (isPending) return { kind: 'pending', queryId };
  return toSays(readAnswer(body, type, { isResult: true }));
}

/** The session that an answer of `/talk`, or the news about a question, belongs to; `null` when it names none. */
export function findSession(body: string, queryId: string | null): string | null {
  const answer = loose.safeParse(parseAnswerJson(body.trim())).data ?? {};
  const items = z.array(loose).safeParse(answer['items'] ?? answer['news']).data ?? [];
  const places = queryId === null ? [answer] : items.filter((item) => isAbout(item, queryId));
  for (const place of places) {
    const data = loose.safeParse(place['data']).data ?? {};
    const results = [place['result'], data['result']].map((part) => loose.safeParse(part).data ?? {});
    for (const part of [...results, data, place]) {
      const id = part['sessionId'] ?? part['session_id'];
      if (typeof id === 'string' && id !== '') return id;
    }
  }
  return null;
}

/** What `GET /news` brought. */
export interface News {
  /** The end of the question, `null` while there is none. */
  end: AgentSays | null;
  /** The agent's own time of this page, milliseconds; the next `since`. */
  timestamp: number | null;
}

/** Looks for the end of a question in a page of news; `null` when the page is not one. */
export function readNews(body: string, queryId: string): News | null {
  const page = loose.safeParse(parseAnswerJson(body.trim()));
  if (!page.success) return null;
  const items = z.array(z.unknown()).safeParse(page.data['items'] ?? page.data['news']);
  if (!items.success) return null;
  const timestamp = typeof page.data['timestamp'] === 'number' ? page.data['timestamp'] : null;
  for (const candidate of items.data) {
    const item = loose.safeParse(candidate);
    if (item.success && isAbout(item.data, queryId)) {
      const end = readItem(item.data);
      if (end !== null) return { end, timestamp };
    }
  }
  return { end: null, timestamp };
}

function readItem(item: Record<string, unknown>): AgentSays | null {
  const type = typeof item['type'] === 'string' ? item['type'] : '';
  if (/(?:^|[._-])(?:failed|error|cancelled|canceled|expired|timeout)$/u.test(type)) return readBadEnd(item, type);
  const isEnd = /(?:^|[._-])(?:completed|complete|done|response|reply)$/u.test(type);
  const data = loose.safeParse(item['data']).data ?? {};
  const words = isEnd ? (item['message'] ?? item['text'] ?? data['message'] ?? data['text']) : undefined;
  const result = pickResult(item) ?? words;
  if (result === undefined) return isEnd ? { kind: 'answer', text: null } : null;
  // No proxy speaks of a question by its id: this is what the agent itself makes of it, and would make again.
  return toSays(findReply(result, { isResult: true }, 1), 1);
}

/**
 * The agent's word about this question. To ask again costs another run of a model, or overrules whoever cancelled it; so it
 * is final unless the failure says that it passes. As id-agents writes it: `error` in words, `is_api_error` for what its
 * model provider refused or its program ended with, `session_cleared` when a filter stopped the answer.
 */
function readBadEnd(item: Record<string, unknown>, type: string): AgentSays {
  const data = loose.safeParse(item['data']).data ?? {};
  const places = [loose.safeParse(data['error'] ?? item['error']).data ?? {}, data, item];
  const saysOf = (...names: readonly string[]) => places.flatMap((place) => names.map((name) => place[name]));
  const why = `the agent ended the question with "${type.slice(0, 40)}"`;
  if (/cancel+ed$/u.test(type)) return { kind: 'refused', why, attempts: 1, session: 'kept' };
  if (saysOf('session_cleared').includes(true)) return { kind: 'refused', why, attempts: 1, session: 'suspect' };
  const words = saysOf('error', 'message').filter((word) => typeof word === 'string');
  const isLost = words.some((word) => /\b(?:session|conversation)\b|\bexited with code\b/iu.test(word));
  const seconds = saysOf('retry_after', 'retryAfter').find((value) => typeof value === 'number' && value >= 0);
  if (seconds !== undefined || saysOf('retryable', 'transient').includes(true)) {
    const later = seconds === undefined ? {} : { retryAfterMs: Number(seconds) * 1000 };
    return { kind: 'failed', why: `${why}, which passes`, ...later, session: isLost ? 'lost' : 'kept' };
  }
  const attempts = saysOf('is_api_error').includes(true) ? refusalAttempts : 1;
  return { kind: 'refused', why, attempts, session: isLost ? 'lost' : attempts > 1 ? 'kept' : 'suspect' };
}

function toSays(found: Found, attempts = refusalAttempts): AgentSays {
  if (found.kind === 'unclear') return { kind: 'refused', why: found.why, attempts };
  return { kind: 'answer', text: replyOf(found) };
}

function isAbout(item: Record<string, unknown>, queryId: string): boolean {
  const data = loose.safeParse(item['data']).data ?? {};
  return [item, data].some((part) => part['query_id'] === queryId || part['in_reply_to'] === queryId);
}

function pickResult(part: Record<string, unknown>): unknown {
  const data = loose.safeParse(part['data']).data ?? {};
  return part['result'] ?? part['response'] ?? part['reply'] ?? data['result'] ?? data['response'] ?? undefined;
}
