import { indentingTab, printable, quoteInput, tabMessage } from '@xmtp-messaging/errors';
import { type CST, type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import type { ListKind } from './list-kinds.ts';
import { contentError, type Row, type Rows, type Text } from './rows.ts';

/** Reads any YAML 1.2 text that is a list of entries. @throws AllowlistError with the place of the first fault. */
export function readDocument(text: string, kind: ListKind['key'] = 'address'): Rows & { document: Document.Parsed } {
  const keys: readonly string[] = [kind, 'name'];
  const shape = `The file must hold a YAML list; each entry is ${articles[kind]} in quotes, or a map with "${kind}" and "name".`;
  const fail = (message: string, offset: number) => contentError('ALLOWLIST_INVALID', message, text, offset);
  const document = parseDocument(text, { keepSourceTokens: true, prettyErrors: false, uniqueKeys: false });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault?.code === 'MULTIPLE_DOCS') throw fail('A second YAML document begins here; keep one.', fault.pos[0]);
  const tab = fault && indentingTab(text, fault.pos[1]);
  if (typeof tab === 'number') throw fail(tabMessage, tab);
  if (fault) throw fail(`This is not valid YAML: ${printable(fault.message)}.`, fault.pos[0]);
  if (document.directives.yaml.version !== '1.2') throw fail('Only YAML 1.2 is read; remove the %YAML line.', 0);

  const list = document.contents;
  if (list === null || (isScalar(list) && list.value === null)) return { rows: [], layout: 'lines', document };
  refuseMagic(list);
  if (!isSeq(list)) throw fail(shape, offsetOf(list));
  const tokens = list.srcToken?.items ?? [];
  const rows = list.items.map((item, index) => readItem(item as Node, tokens[index]));
  return { rows, layout: list.flow === true ? 'document' : 'lines', document };

  /** Tags change what a value is, aliases what the file costs to read; an allowlist needs neither. */
  function refuseMagic(node: Node): void {
    if (isAlias(node) || node.anchor !== undefined) throw fail('Anchors and aliases are not allowed.', offsetOf(node));
    if (node.tag !== undefined) throw fail(`The tag ${quoteInput(node.tag)} is not allowed.`, offsetOf(node));
  }

  function readItem(item: Node, token: { start: CST.SourceToken[] } | undefined): Row {
    refuseMagic(item);
    const found: Record<string, Text> = {};
    const seen = new Set<string>();
    let last = item;
    if (!isMap(item)) found[kind] = readText(item, `The ${kind}`);
    else {
      for (const { key, value } of item.items) {
        if (isNode(key)) refuseMagic(key);
        const at = isNode(key) ? offsetOf(key) : offsetOf(item);
        const name = isScalar(key) ? key.value : undefined;
        if (typeof name !== 'string' || !keys.includes(name)) {
          throw fail(
            `Unknown key ${isScalar(key) ? quoteInput(String(key.value)) : ''}; the keys are "${kind}" and "name".`,
            at,
          );
        }
        if (seen.has(name)) throw fail(`The key ${quoteInput(name)} stands twice.`, at);
        if (!isNode(value)) throw fail(`The key ${quoteInput(name)} has no value.`, at);
        seen.add(name);
        last = value;
        if (name === 'name' && isScalar(value) && (value.value === null || value.value === '')) {
          refuseMagic(value);
          continue;
        }
        found[name] = readText(value, `The ${name}`);
      }
    }
    const { [kind]: id, name = null } = found;
    if (id === undefined) throw fail(`This entry has no "${kind}".`, offsetOf(item));
    const dash = token?.start.find((part) => part.type === 'seq-item-ind')?.offset;
    // A flow list may be one long line: looking for its ends from each item would take the square of its length.
    if (dash === undefined) return { id, name, start: 0, end: 0 };
    const newline = text.indexOf('\n', last.range![1]);
    return { id, name, start: text.lastIndexOf('\n', dash) + 1, end: newline === -1 ? text.length : newline + 1 };
  }

  function readText(node: Node, what: string): Text {
    refuseMagic(node);
    if (isScalar(node) && typeof node.value === 'string') return { text: node.value, offset: offsetOf(node) };
    const hint = isScalar(node) ? ' Put it in quotes: without them YAML reads something else.' : '';
    throw fail(`${what} is not text.${hint}`, offsetOf(node));
  }
}

const articles = { address: 'an address', group: 'the id of a group' } as const;

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
