import { unstuff } from '../text/stuffing.ts';
import type { BoundaryHeaders } from './headers.ts';
import { headerLines } from './headers.ts';
import { jsonBlock } from './json-block.ts';
import { idPattern, layout } from './layout.ts';
import type { ParsedMessage } from './parsed-message.ts';
import { parseHeaders } from './parse-headers.ts';

/** Reads back what `jsonBlock` wrote; `null` for anything else, down to the order of the keys. */
export function parseJsonBlock(wrapped: string): ParsedMessage | null {
  try {
    const { type, id, text, ...headers } = JSON.parse(wrapped) as BoundaryHeaders & {
      type: unknown;
      id: string;
      text: string;
    };
    if (type !== layout.element || !idPattern.test(id) || typeof text !== 'string') return null;
    const checked = parseHeaders(headerLines(headers));
    if (checked === null || jsonBlock(id, checked, text) !== wrapped) return null;
    return { mode: 'json', id, ...checked, text, original: unstuff(text) };
  } catch {
    return null;
  }
}
