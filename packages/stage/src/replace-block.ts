/**
 * Puts `block` between the two marks of a document, `<!-- NAME:begin -->` and `<!-- NAME:end -->`.
 * @throws Error when the document lacks them.
 */
export function replaceBlock(document: string, name: string, block: string): string {
  const begin = `<!-- ${name}:begin -->`;
  const end = `<!-- ${name}:end -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from === -1 || to < from) throw new Error(`The document has no ${begin} and ${end} to write between.`);
  return `${document.slice(0, from + begin.length)}\n\n${block.trim()}\n\n${document.slice(to)}`;
}
