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
  | { kind: 'refused'; why: string; attempts: number };

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
  const bad = /(?:^|[._-])(failed|error|cancelled|canceled|expired|timeout)$/u.exec(type)?.[1];
  if (bad !== undefined) {
    // The operator of the agent cancelled it: to ask again would be to overrule that.
    const attempts = bad.startsWith('cancel') ? 1 : refusalAttempts;
    return { kind: 'refused', why: `the agent ended the question with "${type.slice(0, 40)}"`, attempts };
  }
  const isEnd = /(?:^|[._-])(?:completed|complete|done|response|reply)$/u.test(type);
  const data = loose.safeParse(item['data']).data ?? {};
  const words = isEnd ? (item['message'] ?? item['text'] ?? data['message'] ?? data['text']) : undefined;
  const result = pickResult(item) ?? words;
  if (result === undefined) return isEnd ? { kind: 'answer', text: null } : null;
  return toSays(findReply(result, { isResult: true }, 1));
}

function toSays(found: Found): AgentSays {
  if (found.kind === 'unclear') return { kind: 'refused', why: found.why, attempts: refusalAttempts };
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
