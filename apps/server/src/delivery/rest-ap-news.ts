import { z } from 'zod';

/** What `/talk` or a news item says about a question. */
export type AgentSays =
  | { kind: 'answer'; text: string | null }
  | { kind: 'pending'; queryId: string }
  | { kind: 'refused'; why: string };

const loose = z.record(z.string(), z.unknown());

/** Reads the answer of `POST /talk`: a result at once, an id to follow, or neither. */
export function readTalk(body: string): AgentSays {
  const answer = loose.safeParse(parseJson(body));
  if (!answer.success) return { kind: 'answer', text: null };
  const result = resultOf(answer.data);
  if (result !== undefined) return { kind: 'answer', text: result };
  const queryId = answer.data['query_id'] ?? answer.data['queryId'];
  return typeof queryId === 'string' && queryId !== '' ? { kind: 'pending', queryId } : { kind: 'answer', text: null };
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
  const page = loose.safeParse(parseJson(body));
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
  if (/(?:^|[._-])(?:failed|error|cancelled|canceled|expired|timeout)$/u.test(type)) {
    return { kind: 'refused', why: `the agent ended the question with "${type.slice(0, 40)}"` };
  }
  const result = resultOf(item);
  if (result !== undefined) return { kind: 'answer', text: result };
  if (!/(?:^|[._-])(?:completed|complete|done|response|reply)$/u.test(type)) return null;
  return { kind: 'answer', text: textOf(item['message'] ?? item['text']) ?? null };
}

function isAbout(item: Record<string, unknown>, queryId: string): boolean {
  const data = loose.safeParse(item['data']).data ?? {};
  return [item, data].some((part) => part['query_id'] === queryId || part['in_reply_to'] === queryId);
}

function resultOf(part: Record<string, unknown>): string | undefined {
  const data = loose.safeParse(part['data']).data ?? {};
  return textOf(part['result'] ?? part['response'] ?? part['reply'] ?? data['result'] ?? data['response']);
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  const parts = loose.safeParse(value).data ?? {};
  const text = ['text', 'message', 'content', 'result', 'response']
    .map((key) => parts[key])
    .find((part) => typeof part === 'string');
  return typeof text === 'string' ? text : JSON.stringify(value);
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
