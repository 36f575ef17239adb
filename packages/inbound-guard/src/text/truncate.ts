import { openerClass } from './token-after.ts';
import { openingMark } from './stuffing.ts';

/** How much of a message is passed on. */
export interface TextLimits {
  /** UTF-8 bytes of the body. @default 16_384 */
  maxBytes: number;
  /** Lines of the body. @default 512 */
  maxLines: number;
}

/** An escape of ours, or a stuffed opening, that the cut would leave in halves. */
const brokenTailPattern = new RegExp(`${openingMark}[^\\]]*$|${openerClass}/?\\\\+$`);
/** What was kept for the sake of a neighbour that the cut took away. Whole emoji keep their ending. */
const hiddenTailPattern = /[\p{Default_Ignorable_Code_Point}\p{Cf}]*(?<![\uFE0E\uFE0F\u{E007F}])$/u;
const bidiPattern = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const tailLength = 64;

/** Cuts at the limit, before the character as a reader sees it (UAX 29) that would cross it. */
export function truncate(text: string, limits: TextLimits): { text: string; truncated: boolean } {
  const cut = Math.min(lineCut(text, limits.maxLines), byteCut(text, limits.maxBytes));
  if (cut >= text.length) return { text, truncated: false };
  if (text[cut] === '\n') return { text: text.slice(0, cut), truncated: true };
  return { text: tidyTail(text.slice(0, graphemeCut(text, cut))), truncated: true };
}

function lineCut(text: string, maxLines: number): number {
  let index = -1;
  for (let lines = 0; lines < maxLines; lines += 1) {
    index = text.indexOf('\n', index + 1);
    if (index === -1) return text.length;
  }
  return index;
}

function byteCut(text: string, maxBytes: number): number {
  if (text.length * 3 <= maxBytes) return text.length;
  return new TextEncoder().encodeInto(text, new Uint8Array(maxBytes)).read;
}

function graphemeCut(text: string, cut: number): number {
  // The segmenter needs what follows the cut, and no more than that.
  const around = text.slice(0, cut + tailLength);
  const segment = new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(around).containing(cut);
  return segment === undefined || segment.index === 0 ? cut : segment.index;
}

/** Half an escape, a joiner with nothing to join and a direction that never ends do not stay. */
function tidyTail(text: string): string {
  const start = text.lastIndexOf('\n') + 1;
  const body = text.slice(0, start) + text.slice(start).replace(bidiPattern, '');
  const tail = body.slice(-tailLength).replace(brokenTailPattern, '').replace(hiddenTailPattern, '');
  return body.slice(0, Math.max(0, body.length - tailLength)) + tail;
}
