import type { BoundaryHeaders } from './headers.ts';
import type { BoundaryMode } from './layout.ts';

/** A wrapped message, read back. */
export interface ParsedMessage extends BoundaryHeaders {
  /** How its body is fenced. */
  mode: BoundaryMode;
  /** Of the block, hexadecimal. */
  id: string;
  /** The body as the model read it, without gutter, marks or base64: `canonical` of the wrapping. */
  text: string;
  /** `text` without the backslashes of the guard: what the sender wrote, less what was removed, escaped or cut. */
  original: string;
}
