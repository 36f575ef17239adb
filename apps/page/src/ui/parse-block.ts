/** The block that an agent reads, taken apart for people. */
export interface Block {
  /** The words, without the gutter before each line. */
  body: string;
  /** Characters that nobody sees and that were taken out. */
  hidden: number;
  /** Marks that were made harmless. */
  escaped: number;
}

const facts = /^length: .*hidden removed: (\d+); escaped: (\d+);/mu;

/** What does not look like a block is shown whole: nothing may be lost here. */
export function parseBlock(text: string): Block {
  const lines = text.split('\n');
  const start = lines.indexOf('body:');
  const end = lines.findLastIndex((line) => line.startsWith('</'));
  const gutter = /^(\S{1,64}\| ?)/u.exec(lines[start + 1] ?? '')?.[1];
  if (start < 0 || end <= start || gutter === undefined) return { body: text, hidden: 0, escaped: 0 };
  const [, hidden = '0', escaped = '0'] = facts.exec(lines.slice(0, start).join('\n')) ?? [];
  const bare = gutter.trimEnd();
  const body = lines
    .slice(start + 1, end)
    .map((line) =>
      line.startsWith(gutter) ? line.slice(gutter.length) : line.startsWith(bare) ? line.slice(bare.length) : line,
    )
    .join('\n');
  return { body, hidden: Number(hidden), escaped: Number(escaped) };
}
