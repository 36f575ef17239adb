import { unstuff } from '../text/stuffing.ts';
import { type BodyLayout, textOfBody } from './body-lines.ts';
import { headerLines } from './headers.ts';
import { type BoundaryMode, layout, markPattern, markName } from './layout.ts';
import { parseHeaders } from './parse-headers.ts';
import type { ParsedMessage } from './parsed-message.ts';
import { parseJsonBlock } from './parse-json-block.ts';

const beginPattern = new RegExp(`^<${layout.element} id="([0-9a-f]{16,64})">$`);
const encodingPattern = /^encoding: (?:base64|marked with U\+(E[0-9A-F]{3}|F[0-8][0-9A-F]{2}))$/;
const gutterLinePattern = /^([a-z0-9]{4,16})\| /;

/**
 * Reads a wrapped message back, or gives `null` for anything that `wrap` did not write to the letter.
 * It needs no key and no gutter, so stored transcripts of earlier deployments can be read and wrapped anew.
 */
export function parseBoundary(wrapped: string): ParsedMessage | null {
  if (wrapped.startsWith('{')) return parseJsonBlock(wrapped);
  const lines = wrapped.split('\n');
  const id = beginPattern.exec(lines[0] ?? '')?.[1];
  if (id === undefined || lines.at(-1) !== layout.end(id)) return null;
  const bodyAt = lines.indexOf(layout.body);
  if (bodyAt === -1) return null;
  const head = lines.slice(1, bodyAt);
  const encoding = encodingPattern.exec(head.at(-1) ?? '');
  if (encoding !== null) head.pop();
  const headers = parseHeaders(head);
  if (headers === null || headerLines(headers).join('\n') !== head.join('\n')) return null;
  const body = lines.slice(bodyAt + 1, -1);
  const shape = bodyLayout(body[0] ?? '', encoding);
  const text = shape === null ? null : textOfBody(body, shape);
  if (shape === null || text === null) return null;
  return { mode: shape.mode, id, ...headers, text, original: unstuff(text) };
}

function bodyLayout(firstLine: string, encoding: RegExpExecArray | null): BodyLayout | null {
  const gutter = gutterLinePattern.exec(firstLine)?.[1];
  if (gutter === undefined) return null;
  if (encoding === null) return { mode: 'delimit', gutter, mark: '' };
  if (encoding[1] === undefined) return { mode: 'encode', gutter, mark: '' };
  return { mode: 'datamark', gutter, mark: String.fromCharCode(Number.parseInt(encoding[1], 16)) };
}

/** The header that says how the body is written; none in `delimit`. */
export function encodingLine(mode: BoundaryMode, mark: string): string | null {
  if (mode === 'encode') return 'encoding: base64';
  return mode === 'datamark' && markPattern.test(mark) ? `encoding: marked with ${markName(mark)}` : null;
}
