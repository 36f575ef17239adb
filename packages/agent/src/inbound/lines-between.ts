/** A longer line counts as several, so that a page has a bound whatever was written. UTF-16 units. */
const maxLine = 1_000;

/**
 * Lines `from` (the first is 1) to `to` of a text, and how many it has. No character is parted. One walk, and no more
 * memory than what is asked for: a megabyte of line ends is a million lines.
 */
export function linesBetween(text: string, from: number, to: number): { lines: string[]; total: number } {
  const lines: string[] = [];
  let total = 0;
  let start = 0;
  const end = (at: number) => {
    total += 1;
    if (total >= from && total <= to) lines.push(text.slice(start, at));
  };
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x0d && text.charCodeAt(at + 1) === 0x0a) continue;
    if (isLineEnd(unit)) {
      end(unit === 0x0a && at > start && text.charCodeAt(at - 1) === 0x0d ? at - 1 : at);
      start = at + 1;
    } else if (at - start >= maxLine && (unit & 0xfc00) !== 0xdc00) {
      end(at);
      start = at;
    }
  }
  end(text.length);
  return { lines, total };
}

/** LF, VT, FF, CR, NEL, LS, PS: what the guard makes a line end of. */
function isLineEnd(unit: number): boolean {
  return (unit >= 0x0a && unit <= 0x0d) || unit === 0x85 || unit === 0x2028 || unit === 0x2029;
}
