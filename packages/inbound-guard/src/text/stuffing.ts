/**
 * Stands for the opening bracket of an escape of ours until the sender's own brackets have been stuffed.
 * A noncharacter: none survives in the sender's text.
 */
export const OPENING = '\uFDD0';

/** The word that names the block; it appears nowhere else in what a model reads. */
export const ELEMENT = 'untrusted_xmtp_message';

const tokens = [
  'INST\\]',
  '(?:SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT|IMG|gMASK|sop|eop)\\]',
  '(?:SYS|s|bos|eos|unk|pad|unused\\d+|extra_id_\\d+|(?:start|end)_of_\\w+)>',
  '(?:think|tools|tool_call|tool_response)>',
  'U\\+[0-9A-F]{4,6}\\]',
  'guard:',
  ELEMENT,
].join('|');

// The bar only after "<": "[|" is common in code. By shape, "<|" covers every special token of that family.
const angle = `<\\/?(?=\\\\*(?:[|\\uFF5C]|${tokens}))`;
const square = `\\[\\/?(?=\\\\*(?:${tokens}))`;
const STUFF = new RegExp(`${angle}|${square}`, 'gi');
const UNSTUFF = new RegExp(`${angle.replace('(?=', '(?=\\\\')}\\\\|${square.replace('(?=', '(?=\\\\')}\\\\`, 'gi');

/** Adds a backslash after `<` or `[` where a chat-template token, an escape or a marker of ours would follow. */
export function stuff(text: string): string {
  return text.replace(STUFF, '$&\\');
}

/** Takes out what `stuff` added: `unstuff(stuff(text)) === text` for every text. */
export function unstuff(text: string): string {
  return text.replace(UNSTUFF, (match) => match.slice(0, -1));
}

/** The brackets that `OPENING` stands for. */
export function openEscapes(text: string): string {
  return text.replaceAll(OPENING, '[');
}
