type Part = Record<string, unknown>;

/** The words of content that is a text, or a list of parts. */
export function wordsOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return (content as Part[])
    .map(({ text, content: inner }) => (typeof text === 'string' ? text : wordsOf(inner)))
    .join('\n');
}
