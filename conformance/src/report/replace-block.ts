const [begin, end] = ['<!-- conformance:begin -->', '<!-- conformance:end -->'];

/** Puts `block` between the two marks of a document. @throws Error when the document lacks them */
export function replaceBlock(document: string, block: string): string {
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from === -1 || to < from) throw new Error(`The document has no ${begin} and ${end} to write between.`);
  return `${document.slice(0, from + begin.length)}\n\n${block.trim()}\n\n${document.slice(to)}`;
}
