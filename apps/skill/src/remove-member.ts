import { createScanner, findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';

/**
 * JSON, with comments or without, in which a member of an object is no more. `modify` of the library takes the comments around it away, too.
 * @returns the text as it is when there is no such member
 */
export function removeMember(text: string, path: readonly string[]): string {
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const member = tree === undefined ? undefined : findNodeAtLocation(tree, [...path])?.parent;
  const siblings = member?.parent?.children;
  if (member === undefined || siblings === undefined) return text;
  const before = siblings[siblings.indexOf(member) - 1];
  const comma = commaBehind(text, member) ?? (before === undefined ? null : commaBehind(text, before));
  const cuts: [number, number][] = [[member.offset, endOf(member)]];
  if (comma !== null) cuts.push([comma, comma + 1]);
  // From the end, so that the places of the others stay true.
  const without = cuts
    .toSorted(([one], [other]) => other - one)
    .reduce((left, [from, to]) => left.slice(0, from) + left.slice(to), text);
  return dropBlankLine(without, member.offset - (comma !== null && comma < member.offset ? 1 : 0));
}

const endOf = ({ offset, length }: Node) => offset + length;

/** Where the comma behind a member is, past comments; `null` for none. */
function commaBehind(text: string, member: Node): number | null {
  const scanner = createScanner(text, true);
  scanner.setPosition(endOf(member));
  scanner.scan();
  const offset = scanner.getTokenOffset();
  return text[offset] === ',' ? offset : null;
}

function dropBlankLine(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at) + 1;
  return start > 0 && end > 0 && text.slice(start, end).trim() === '' ? text.slice(0, start) + text.slice(end) : text;
}
