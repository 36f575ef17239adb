import { indentingTab, quoteInput } from '@xmtp-messaging/errors';
import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { sentenceOf } from '../errors.ts';
import { looksLikeAddress } from '../names/classify-name.ts';
import { normalizeName } from '../names/normalize-name.ts';
import { checkAddress } from '../names/parse-address.ts';

/** The names of a hosts file, or the first thing that is wrong with it. */
export type ParsedHosts =
  | { ok: true; hosts: Map<string, `0x${string}`> }
  | { ok: false; reason: string; line: number | null };

/**
 * Reads a YAML mapping of names to addresses. One bad line makes the whole file bad: half a list of recipients is
 * worse than none. Every scalar is text here, so an unquoted address does not turn into a number.
 */
export function parseHosts(text: string): ParsedHosts {
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines });
  const lineOf = (node: Node | null) => (node?.range ? lines.linePos(node.range[0]).line : null);
  const [error] = document.errors;
  const tab = error && indentingTab(text, error.pos[1]);
  if (typeof tab === 'number')
    return { ok: false, reason: 'a tab indents it; YAML takes spaces only', line: lines.linePos(tab).line };
  if (error) return { ok: false, reason: 'it is not valid YAML', line: error.linePos?.[0].line ?? null };
  const hosts = new Map<string, `0x${string}`>();
  if (document.contents === null || isEmpty(document.contents)) return { ok: true, hosts };
  if (!isMap<Node, Node | null>(document.contents)) {
    return { ok: false, reason: 'it must be a mapping of names to addresses', line: 1 };
  }
  for (const { key, value } of document.contents.items) {
    const bad = (reason: string): ParsedHosts => ({ ok: false, reason, line: lineOf(key) });
    if (!isText(key) || !isText(value)) return bad('each line must be NAME: ADDRESS');
    const name = nameOf(key.value);
    if (name === null) return bad(`${quoteInput(key.value, { ascii: true })} is not a valid name`);
    if (hosts.has(name)) return bad(`${quoteInput(name, { ascii: true })} is listed twice`);
    const checked = checkAddress(value.value);
    if (!checked.ok) return bad(sentenceOf(checked.fault, value.value).replace(/\.$/, ''));
    hosts.set(name, checked.address);
  }
  return { ok: true, hosts };
}

function nameOf(text: string): string | null {
  if (looksLikeAddress(text)) return null;
  try {
    return normalizeName(text).name;
  } catch {
    return null;
  }
}

function isText(node: Node | null): node is Node & { value: string } {
  return isScalar(node) && typeof node.value === 'string';
}

/** A file with comments only parses to an empty scalar. */
function isEmpty(node: Node): boolean {
  return isScalar(node) && (node.value === null || node.value === '');
}
