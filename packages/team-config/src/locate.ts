import { type Document, isAlias, isMap, isNode, isSeq, type Node } from 'yaml';
import { describeValue } from './describe-issue.ts';

/** The offset of the value at `path`, of its key if the value is absent, or of the nearest thing around it. */
export function locate(document: Document.Parsed, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    const pair = isMap(node) ? node.items.find(({ key }) => keyOf(key) === step) : undefined;
    const next: unknown = pair ? pair.value : isSeq(node) ? node.items[Number(step)] : undefined;
    offset = startOf(next) ?? startOf(pair?.key) ?? offset;
    if (next === undefined) break;
    node = next;
  }
  return offset;
}

/** `agents[0].xmtp.openMode`; keys that are not plain words are quoted. */
export function formatPath(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[\w-]{1,60}$/.test(String(step)) ? `.${String(step)}` : `[${describeValue(step)}]`;
  });
  return steps.join('').replace(/^\./, '');
}

function startOf(value: unknown): number | undefined {
  return isNode(value) ? (value as Node).range?.[0] : undefined;
}

function keyOf(key: unknown): unknown {
  return isNode(key) ? key.toJSON() : key;
}
