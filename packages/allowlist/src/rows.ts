import { AllowlistError, type AllowlistErrorCode, type FilePosition } from './errors.ts';

/** Lines or entries in one piece of work: a message that comes in waits for several of them. */
export const pieceRows = 50;

/** A string of the file and where its value begins. */
export interface Text {
  text: string;
  offset: number;
}

/** One item of the file's list, before its values are checked. */
export interface Row {
  id: Text;
  name: Text | null;
  /** Offset of the first character of the item's first line. Meaningless where the layout is not `lines`. */
  start: number;
  /** Offset just after the item's last line. Likewise. */
  end: number;
}

/** A file's items and how they may be edited. */
export interface Rows {
  rows: Row[];
  /** `lines`: items are whole lines, an edit cuts or inserts lines; `document`: an edit goes through the YAML document. */
  layout: 'lines' | 'document';
}

/** Line and column, from 1, of an offset in `text`. */
export function positionAt(text: string, offset: number): FilePosition {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}

/** An error about the file's content, with its place. */
export function contentError(code: AllowlistErrorCode, message: string, text: string, offset: number): AllowlistError {
  const position = positionAt(text, offset);
  return new AllowlistError({
    code,
    shortMessage: `Line ${position.line}, column ${position.column}: ${message}`,
    position,
  });
}
