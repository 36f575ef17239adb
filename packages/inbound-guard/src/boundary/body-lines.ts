import { datamark, removeMarks } from './datamark.ts';
import { layout } from './layout.ts';

/** How a body is laid out in lines. */
export interface BodyLayout {
  mode: 'delimit' | 'datamark' | 'encode';
  gutter: string;
  mark: string;
}

/** The lines between `body:` and the end line. Every one starts with the gutter, whatever `text` is. */
export function bodyLines(text: string, { mode, gutter, mark }: BodyLayout): string {
  const start = `${gutter}${layout.separator}`;
  const body = mode === 'encode' ? toBase64Lines(text) : mode === 'datamark' ? datamark(text, mark) : text;
  // Not `replaceAll`, which V8 does not do in linear time.
  return start + body.split('\n').join(`\n${start}`);
}

/** The text that `bodyLines` was given; `null` when a line lacks the gutter or the encoding is not exact. */
export function textOfBody(lines: readonly string[], body: BodyLayout): string | null {
  const start = `${body.gutter}${layout.separator}`;
  if (lines.length === 0 || !lines.every((line) => line.startsWith(start))) return null;
  const text = lines.map((line) => line.slice(start.length)).join('\n');
  const decoded = body.mode === 'encode' ? fromBase64Lines(text) : text;
  if (decoded === null) return null;
  const plain = body.mode === 'datamark' ? removeMarks(decoded, body.mark) : decoded;
  return bodyLines(plain, body) === lines.join('\n') ? plain : null;
}

/** 57 bytes make a line of 76 columns, as RFC 2045 has it. */
const lineBytes = 57;

function toBase64Lines(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += lineBytes) {
    lines.push(btoa(String.fromCharCode(...bytes.subarray(at, at + lineBytes))));
  }
  return lines.join('\n');
}

function fromBase64Lines(text: string): string | null {
  try {
    const bytes = text.split('\n').map((line) => atob(line));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Uint8Array.from(bytes.join(''), (byte) => byte.charCodeAt(0)),
    );
  } catch {
    return null;
  }
}
