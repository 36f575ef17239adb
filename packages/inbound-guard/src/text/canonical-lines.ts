/** Everything that some reader takes as the end of a line; Python's `splitlines()` knows all of them. */
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const BREAKS = /[\r\v\f\u001C-\u001E\u0085\u2028\u2029]/g;

/** One kind of line end: LF. CRLF is one line end. */
export function canonicalLines(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(BREAKS, '\n');
}
