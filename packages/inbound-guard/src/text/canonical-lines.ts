/** Everything that some reader takes as the end of a line; Python's `splitlines()` knows all of them. CRLF is one. */
const lineEnds = ['\r\n', '\r', '\v', '\f', '\u001C', '\u001D', '\u001E', '\u0085', '\u2028', '\u2029'];

/** One kind of line end: LF. Split and join, because V8's `replace` is not linear in the number of its matches. */
export function canonicalLines(text: string): string {
  let lines = text;
  for (const end of lineEnds) if (lines.includes(end)) lines = lines.split(end).join('\n');
  return lines;
}
