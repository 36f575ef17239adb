const codePattern = /```[\s\S]*?```|`[^`\n]+`/g;
const quotes = '"\'\u201C\u201D\u2018\u2019\u00AB\u00BB';

/**
 * Tells for ascending ranges of a text whether each is shown and not meant: in a code span or a closed fence of
 * markdown, or directly between quotation marks.
 */
export function createShownCode(text: string): (start: number, end: number) => boolean {
  const spans = text.includes('`')
    ? Array.from(text.matchAll(codePattern), ({ 0: code, index }) => [index, index + code.length])
    : [];
  let at = 0;
  return (start, end) => {
    while (at < spans.length && spans[at]![1]! <= start) at += 1;
    const span = spans[at];
    if (span !== undefined && span[0]! < start && end < span[1]!) return true;
    return isQuote(text.charAt(start - 1)) && isQuote(text.charAt(end));
  };
}

function isQuote(character: string): boolean {
  return character !== '' && quotes.includes(character);
}
