import { stuff } from '../text/stuffing.ts';

/** Markup to take out, and told as what. */
export interface Markup {
  kind: 'scaffolding' | 'marker';
  rule: string;
  pattern: RegExp;
}

/** Tokens of chat templates. Blocks of reasoning are taken out as a whole before. */
export const scaffolding: readonly Markup[] = [
  /<\/?(?:think|thinking|reasoning|tool_call|tool_response)>/gi,
  /<[|\uFF5C][^<>|\uFF5C\n]{1,64}[|\uFF5C]>/g,
  /\[\/?INST\]|<<\/?SYS>>|\[\/?(?:SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT|gMASK)\]/g,
  /<\/?(?:bos|eos|unk|pad|sop|eop|(?:start|end)_of_(?:turn|text|image))>/g,
  // As tokens these two stand at the ends; elsewhere they are HTML for struck-out text.
  /^(?:\s{0,64}<s>)+|(?:<\/s>\s{0,64})+$/g,
].map((pattern) => ({ kind: 'scaffolding', rule: 'token', pattern }));

const REASONING = /<(\/?)(think|thinking|reasoning)>\s*/gi;

/** Rounds after which a nest of markup is taken apart instead, so that depth does not cost time. */
const MAX_ROUNDS = 8;

/** Takes out markup, also what comes together when other markup is gone. */
export function removeMarkup(
  text: string,
  markup: readonly Markup[],
  note: (kind: Markup['kind'], rule: string) => void,
): string {
  let out = text;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const before = out;
    if (markup.some(({ kind }) => kind === 'scaffolding'))
      out = removeReasoning(out, () => note('scaffolding', 'reasoning'));
    for (const { kind, rule, pattern } of markup) {
      out = out.replace(pattern, () => {
        note(kind, rule);
        return '';
      });
    }
    if (out === before) return out;
  }
  return stuff(out);
}

/** Takes out each innermost block of reasoning that is closed. */
function removeReasoning(text: string, note: () => void): string {
  let out = '';
  let copied = 0;
  let open: { name: string; index: number } | null = null;
  for (const { 0: tag, 1: slash, 2: name = '', index } of text.matchAll(REASONING)) {
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
