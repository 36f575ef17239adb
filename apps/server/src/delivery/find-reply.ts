import type { Answer } from '@xmtp-messaging/agent';
import { findAnswers } from './find-answers.ts';
import { holdsWords, isFact, isReceipt, isUnspoken } from './holds-words.ts';

/** What an answer says: a reply, that there is none, or why it cannot be understood. */
export type Found =
  | { kind: 'reply'; text: string }
  /** Several, or ones that are not plain text. */
  | { kind: 'answers'; answers: readonly Answer[] }
  | { kind: 'none' }
  | { kind: 'unclear'; why: string };

/** How to look. */
export interface FindReplyOptions {
  /**
   * Where the words of an agent are expected and nothing else, as in the result of a REST-AP query: an object of any
   * other shape is shown as JSON, and "ok" is an answer. @default false
   */
  isResult?: boolean | undefined;
}

type Json = Record<string, unknown>;

/** Where agents, workflow tools and model APIs put their words; the first that holds some counts. */
const keys = [
  'reply',
  'response',
  'answer',
  'output',
  'output_text',
  'text',
  'message',
  'content',
  'result',
  'choices',
  'data',
  'json',
  'body',
] as const;

/** Keys under which a receipt may stand as well as words. */
const receiptKeys: ReadonlySet<string> = new Set(['response', 'message', 'result', 'data', 'body']);
const maxDepth = 6;
const maxItems = 1000;

const none: Found = { kind: 'none' };
const unclear: Found = {
  kind: 'unclear',
  why: 'its answer holds no reply that is understood here; expected {"reply": "…"}, or 204 when there is none',
};
const failure: Found = { kind: 'unclear', why: 'its answer says that it failed' };

/** Finds the words of an agent in the JSON that it answered. */
export function findReply(value: unknown, options: FindReplyOptions = {}, depth = 0): Found {
  if (typeof value === 'string') return value.trim() === '' ? none : { kind: 'reply', text: value };
  if (typeof value === 'number') return { kind: 'reply', text: String(value) };
  if (value === null || value === undefined || typeof value === 'boolean') return none;
  if (depth >= maxDepth) return unclear;
  return Array.isArray(value) ? inList(value, options, depth) : inObject(value as Json, options, depth);
}

function inList(list: readonly unknown[], options: FindReplyOptions, depth: number): Found {
  if (list.length > maxItems) return unclear;
  const found = list.filter((item) => !isUnspoken(item)).map((item) => findReply(item, options, depth + 1));
  const bad = found.find(({ kind }) => kind === 'unclear');
  if (bad !== undefined) return bad;
  if (found.some(({ kind }) => kind === 'answers')) return answersOf(found.flatMap(answersIn));
  const texts = found.flatMap((one) => (one.kind === 'reply' ? [one.text] : []));
  return texts.length === 0 ? none : { kind: 'reply', text: texts.join('\n\n') };
}

/** Plain words stay what they are. */
function answersOf(answers: readonly Answer[]): Found {
  const [first] = answers;
  if (first === undefined) return none;
  if (answers.length === 1 && typeof first === 'string') return { kind: 'reply', text: first };
  return { kind: 'answers', answers };
}

function answersIn(found: Found): readonly Answer[] {
  if (found.kind === 'answers') return found.answers;
  return found.kind === 'reply' ? [found.text] : [];
}

/** What goes back to the sender; `null` for nothing. */
export function replyOf(found: Exclude<Found, { kind: 'unclear' }>): string | readonly Answer[] | null {
  if (found.kind === 'none') return null;
  return found.kind === 'reply' ? found.text : found.answers;
}

function inObject(object: Json, options: FindReplyOptions, depth: number): Found {
  const own = saysFailed(object) ? null : findAnswers(object);
  if (own !== null) return 'why' in own ? { kind: 'unclear', why: own.why } : answersOf(own.answers);
  if ('reply' in object) return findReply(object['reply'], options, depth + 1);
  if (saysFailed(object)) return failure;
  let last: Found | null = null;
  let saysReceived = false;
  for (const key of keys) {
    if (!(key in object)) continue;
    const found = findReply(object[key], options, depth + 1);
    if (found.kind === 'answers') return found;
    const isWords =
      found.kind === 'reply' && !(options.isResult !== true && receiptKeys.has(key) && isReceipt(found.text));
    if (isWords) return found;
    saysReceived ||= found.kind === 'reply';
    if (last?.kind !== 'unclear') last = found.kind === 'reply' ? none : found;
  }
  const isEmpty = last?.kind === 'none' && !saysReceived && options.isResult !== true;
  // Where words are expected there are none, and there are some elsewhere: whoever meant them would never learn of it.
  if (isEmpty && Object.entries(object).some(([key, part]) => !isFact(key, part) && holdsWords(part, depth)))
    return unclear;
  if (last !== null) return last;
  const isBare =
    (depth === 0 || options.isResult !== true) && Object.entries(object).every(([key, fact]) => isFact(key, fact));
  if (isBare) return none;
  return options.isResult === true ? { kind: 'reply', text: JSON.stringify(object) } : unclear;
}

function saysFailed({ error, errors, ok, success, status }: Json): boolean {
  const isError = [error, errors].some((part) => Boolean(part) && !(Array.isArray(part) && part.length === 0));
  return isError || ok === false || success === false || /^(?:error|failed|failure)$/iu.test(String(status));
}
