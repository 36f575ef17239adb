/**
 * What a program says to a Node that is too old to run it, a line; `null` when it is not. Nothing of ours may be loaded before: its syntax alone
 * would end such a Node with a stack trace.
 * @param program The command, as it was called.
 * @param version Of Node, for example `22.18.0`.
 */
export function oldNodeRefusal(program: string, version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return null;
  return `${program} needs Node 22.18 or later; this is ${version}.\n`;
}
