import type { Answer, FileToSend } from '@xmtp-messaging/agent';
import { parseOutbound } from '@xmtp-messaging/xmtp-core/content';
import { holdsWords, isFact } from './holds-words.ts';

/** What an agent says in so many words: `null` when its answer has none of the shapes below. */
export type Answers = { answers: readonly Answer[] } | { why: string } | null;

/** More than this at once is a mistake, and each is a message to a person. */
const maxAnswers = 20;
const wordTypes = new Map<unknown, 'text' | 'markdown'>([
  ['text', 'text'],
  ['markdown', 'markdown'],
  ['xmtp.org/text:1.0', 'text'],
  ['xmtp.org/markdown:1.0', 'markdown'],
]);

/**
 * Reads the shapes that are this product's own: `{reply, contentType}`, `{contentType, content}`, `{attachment}`, `{remoteAttachment}`, `{reaction, action?}`,
 * `{replies: [...]}` of these and of words, and a reaction beside a reply.
 */
export function findAnswers(object: Readonly<Record<string, unknown>>): Answers {
  const found: Answer[] = [];
  if ('reaction' in object) {
    const { reaction, action } = object;
    const isAction = action === undefined || action === 'added' || action === 'removed';
    if (typeof reaction !== 'string' || reaction.trim() === '' || !isAction) return { why: badReaction };
    found.push(action === undefined ? { reaction } : { reaction, action });
  }
  if ('replies' in object) {
    if (!Array.isArray(object['replies'])) return { why: 'its "replies" is no list' };
    for (const item of object['replies'] as unknown[]) {
      const inside = ofItem(item);
      if ('why' in inside) return inside;
      found.push(...inside.answers);
    }
    if (!('reply' in object)) return end(found, object);
    const beside = ofItem(object['reply']);
    if ('why' in beside) return beside;
    found.unshift(...beside.answers);
  } else if (fileOf(object) !== null) {
    found.push(fileOf(object)!);
    if ('reply' in object) {
      const beside = ofItem(object['reply']);
      if ('why' in beside) return beside;
      found.unshift(...beside.answers);
    }
  } else if ('contentType' in object && ('reply' in object || isObject(object['content']))) {
    const typed = ofTyped(object);
    if (typed === null) return null;
    if ('why' in typed) return typed;
    found.push(...typed.answers);
  } else if (found.length === 0) return null;
  else if ('reply' in object) {
    const inside = ofItem(object['reply']);
    if ('why' in inside) return inside;
    found.push(...inside.answers);
  }
  return end(found, object);
}

/** Read, whatever is in it. */
const saidKeys: ReadonlySet<string> = new Set(['reply', 'replies']);
/** How it is said. */
const howKeys: ReadonlySet<string> = new Set(['reaction', 'action', 'contentType']);

/** What was found, unless it is less than what was meant: then nobody would learn of the rest. */
function end(found: readonly Answer[], object: Readonly<Record<string, unknown>>): Answers {
  if (found.length > maxAnswers) return { why: `it gave more than ${maxAnswers} replies at once` };
  const saysNothing = found.every((answer) => typeof answer !== 'string' && 'reaction' in answer);
  const isLost = ([key, part]: [string, unknown]) =>
    !saidKeys.has(key) && !(howKeys.has(key) && typeof part === 'string') && !isFact(key, part) && holdsWords(part);
  if (saysNothing && Object.entries(object).some(isLost))
    return { why: 'it holds words that are neither under "reply" nor under "replies"' };
  return { answers: found };
}

/** `{attachment}` or `{remoteAttachment}` with a file of the form that requests have; `null` for anything else of that name. */
function fileOf({ attachment, remoteAttachment }: Readonly<Record<string, unknown>>): Answer | null {
  const isFile = (value: unknown): value is FileToSend =>
    isObject(value) && typeof value['mimeType'] === 'string' && typeof value['data'] === 'string';
  if (isFile(attachment)) return { attachment };
  return isFile(remoteAttachment) ? { remoteAttachment } : null;
}

const badReaction = 'its "reaction" is no text, or its "action" neither "added" nor "removed"';

function ofItem(item: unknown): { answers: readonly Answer[] } | { why: string } {
  if (typeof item === 'string') return { answers: item.trim() === '' ? [] : [item] };
  if (isObject(item) && !('replies' in item)) {
    const typed = findAnswers(item);
    if (typed !== null) return typed;
    const words = item['reply'] ?? item['text'];
    if (typeof words === 'string' && words.trim() !== '') return { answers: [words] };
  }
  return { why: 'one of its "replies" is neither text nor {reply}, {contentType, content} or {reaction}' };
}

function ofTyped(object: Readonly<Record<string, unknown>>): Answers {
  const { contentType, reply, content } = object;
  if (typeof contentType !== 'string') return { why: 'its "contentType" is no text' };
  if (typeof reply === 'string') {
    const type = wordTypes.get(contentType);
    // What a web framework adds to words is no type of ours.
    if (type === undefined && contentType.startsWith('text/')) return { answers: reply.trim() === '' ? [] : [reply] };
    if (type === undefined) return { why: 'the "contentType" of its reply is neither text nor markdown' };
    return { answers: reply.trim() === '' ? [] : [{ text: reply, contentType: type }] };
  }
  const said = isObject(content) ? content : reply;
  if (!isObject(said)) return null;
  const parsed = parseOutbound({ type: contentType, content: said });
  if (parsed.ok) return { answers: [{ contentType, content: said }] };
  const issue = parsed.issues[0];
  const where =
    issue === undefined
      ? ''
      : ` (${issue.path.filter((part) => typeof part === 'number' || /^\w{1,32}$/u.test(String(part))).join('/')})`;
  return { why: `its content does not have the form of its type${where}` };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
