import { openerClass, tokenAfter } from '../text/token-after.ts';
import { stuff } from '../text/stuffing.ts';
import { createShownCode } from './create-shown-code.ts';

/** Markup to take out, and told as what. */
export interface Markup {
  kind: 'scaffolding' | 'marker';
  rule: string;
  pattern: RegExp;
  /** Leave it where it is quoted or stands in code: whoever writes about a token shows it so, a model that leaks one does not. */
  shownAsCode?: boolean;
}

const openerPattern = new RegExp(`(${openerClass})(/?)`, 'g');
const reasoningPattern = /<(\/?)(think|thinking|reasoning)>\s*/gi;
/** Told before the single names: its inner brackets would be left. */
const sysPattern = /<<\/?SYS>>/g;

/** Rounds after which a nest of markup is taken apart instead, so that depth does not cost time. */
const maxRounds = 8;

/** Takes out markup, also what comes together when other markup is gone. Linear in the length of the text. */
export function removeMarkup(
  text: string,
  markup: { scaffolding: boolean; patterns: readonly Markup[] },
  note: (kind: Markup['kind'], rule: string) => void,
): string {
  let out = text;
  for (let round = 0; round < maxRounds; round += 1) {
    const before = out;
    if (markup.scaffolding) {
      out = removeReasoning(out, () => note('scaffolding', 'reasoning'));
      out = removeTokens(out, () => note('scaffolding', 'token'));
    }
    for (const { kind, rule, pattern, shownAsCode = false } of markup.patterns) {
      const isShown = shownAsCode ? createShownCode(out) : () => false;
      out = out.replace(pattern, (match: string, ...rest: unknown[]) => {
        const offset = rest.find((each) => typeof each === 'number') ?? 0;
        if (isShown(offset, offset + match.length)) return match;
        note(kind, rule);
        return '';
      });
    }
    if (out === before) return out;
  }
  return stuff(out);
}

/** Takes out the tokens of chat templates, by the rules that take them apart in what is heard. */
function removeTokens(text: string, note: () => void): string {
  const isShown = createShownCode(text);
  let out = '';
  let copied = 0;
  const drop = (start: number, end: number) => {
    if (start < copied || isShown(start, end)) return;
    note();
    out += text.slice(copied, start);
    copied = end;
  };
  const openers = text.includes('<<') ? text.matchAll(sysPattern) : [];
  const pairs = new Map(Array.from(openers, ({ 0: pair, index }) => [index, index + pair.length]));
  for (const { 0: match, 1: opener = '', 2: slash, index } of text.matchAll(openerPattern)) {
    const pair = pairs.get(index);
    const found = pair === undefined ? tokenAfter(text, opener, slash !== '', index + match.length) : null;
    if (pair !== undefined) drop(index, pair);
    else if (found?.level === 'control' && found.end !== null) drop(index, found.end);
  }
  return withoutEnds(out + text.slice(copied), note);
}

/** As tokens `<s>` and `</s>` stand at the ends; elsewhere they are HTML for struck-out text. */
function withoutEnds(text: string, note: () => void): string {
  let start = 0;
  for (let at = skipSpace(text, 0, 1); text.startsWith('<s>', at); at = skipSpace(text, start, 1)) {
    start = at + 3;
    note();
  }
  let end = text.length;
  for (let at = skipSpace(text, end, -1); at - 4 >= start && text.startsWith('</s>', at - 4);) {
    end = at - 4;
    note();
    at = skipSpace(text, end, -1);
  }
  return text.slice(start, end);
}

function skipSpace(text: string, from: number, step: 1 | -1): number {
  let at = from;
  while (/^\s$/.test(text.charAt(step === 1 ? at : at - 1))) at += step;
  return at;
}

/** Takes out each innermost block of reasoning that is closed. */
function removeReasoning(text: string, note: () => void): string {
  const isShown = createShownCode(text);
  let out = '';
  let copied = 0;
  let open: { name: string; index: number } | null = null;
  for (const { 0: tag, 1: slash, 2: name = '', index } of text.matchAll(reasoningPattern)) {
    if (isShown(index, index + tag.trimEnd().length)) continue;
    if (slash === '') open = { name: name.toLowerCase(), index };
    else if (open?.name === name.toLowerCase()) {
      note();
      out += text.slice(copied, open.index);
      copied = index + tag.length;
      open = null;
    }
  }
  return out + text.slice(copied);
}
