import { GuardError } from '../errors.ts';

const tokenPattern = /^(?!\s*$)[^\p{C}\\]{2,64}$/u;

/**
 * Tokens that the operator named. A backslash parts each after its first character. Unlike the stuffing of what is
 * known by its shape this is not undone: a transcript does not say which tokens its deployment had.
 */
export function partModelTokens(text: string, tokens: readonly string[]): string {
  let out = text;
  for (const token of tokens) {
    const first = Array.from(token)[0]!;
    const parted = `${first}\\${token.slice(first.length)}`;
    // A token that may overlap itself needs another look; each parts the rest further.
    for (let round = 0; round < token.length && out.includes(token); round += 1) out = out.split(token).join(parted);
  }
  return out;
}

/** Any of the tokens, the longest first. */
export function modelTokenPattern(tokens: readonly string[]): RegExp {
  const sorted = tokens.toSorted((a, b) => b.length - a.length);
  return new RegExp(sorted.map((token) => token.replaceAll(/[\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g');
}

/** @throws GuardError INVALID_TOKEN */
export function assertModelTokens(tokens: readonly string[]): void {
  if (tokens.every((token) => tokenPattern.test(token))) return;
  throw new GuardError({ code: 'INVALID_TOKEN' });
}
