const maxDepth = 6;
/** What web frameworks and workflow tools say when they say nothing. */
const receipt =
  /^(?:ok|okay|accepted|created|success|received|ack|acknowledged|queued|processing|no content|true|null|workflow (?:was|got) started|(?:the )?(?:message|event|webhook|request|workflow) (?:was )?(?:received|sent|queued|accepted|processed|executed)(?: successfully)?)[.!]?$/iu;
/** Keys of a receipt, which need no understanding. */
const receiptFacts =
  /^(?:ok|success|status|state|received|accepted|queued|ack|acknowledged|id|ids|attempts?|request|code|type|event|version|count|time|timestamp|date|duration|elapsed|at|\w+_(?:id|at|ms)|\w+(?:Id|At|Ms))$/u;
/** Parts of a model's answer that are not meant for the reader. */
const unspoken = /think|reason|tool|function/iu;

/** Whether words on their own are a receipt. */
export function isReceipt(text: string): boolean {
  return text.length < 200 && receipt.test(text.trim());
}

/** A part of a model's answer that is not meant for the reader. */
export function isUnspoken(item: unknown): boolean {
  const type = typeof item === 'object' && item !== null && 'type' in item ? item.type : undefined;
  return typeof type === 'string' && unspoken.test(type);
}

/** A fact of a receipt, which needs no understanding. */
export const isFact = (key: string, fact: unknown): boolean => receiptFacts.test(key) && typeof fact !== 'object';

/** Whether something in it would be read as words, were it where words are looked for. What is too deep counts as such. */
export function holdsWords(part: unknown, depth = 0): boolean {
  if (typeof part === 'string') return part.trim() !== '' && !isReceipt(part);
  if (typeof part !== 'object' || part === null || isUnspoken(part)) return false;
  if (depth >= maxDepth) return true;
  if (Array.isArray(part)) return part.some((each) => holdsWords(each, depth + 1));
  return Object.entries(part).some(([key, each]) => !isFact(key, each) && holdsWords(each, depth + 1));
}
