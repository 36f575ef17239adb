import type { BoundaryHeaders } from './headers.ts';
import { layout } from './layout.ts';
import { asciiJson } from './name-label.ts';

/** One line of ASCII JSON: no line end and no `<` of the sender's is in it. `text` comes last. */
export function jsonBlock(id: string, headers: BoundaryHeaders, text: string): string {
  return asciiJson({ type: layout.element, id, ...headers, text });
}
