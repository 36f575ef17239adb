import { createHash } from 'node:crypto';
import { isWeakToken } from '../config/is-weak-token.ts';
import { type Scope, scopes } from './audience-of.ts';

/** A token that is taken. The token itself is not kept. */
export interface Token {
  /** SHA-256. */
  digest: Buffer;
  scopes: ReadonlySet<Scope>;
  /** People would try it. */
  weak: boolean;
}

/** What the lines held. */
export interface ParsedTokens {
  tokens: Token[];
  /** One for each line that is not taken: which, and what is wrong with it, without what it holds. */
  problems: { line: number; problem: string }[];
}

const form = /^[\x21-\x7E]{16,256}$/u;

/** What a line has to be. */
export const tokenForm =
  'one token a line, 16 to 256 printable ASCII characters without spaces, and after it read or send where it is not for both';

/**
 * One token a line, with the scopes after it that it is limited to; a line that begins with `# ` is a comment. Several are valid at once, so
 * that a token can be exchanged while callers still show the old one.
 */
export function parseTokens(text: string): ParsedTokens {
  const tokens: Token[] = [];
  const problems: ParsedTokens['problems'] = [];
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    const [token, ...words] = line.trim().split(/[ \t]+/u);
    if (token === undefined || token === '' || token === '#') continue;
    const unknown = words.some((word) => !scopes.includes(word as Scope));
    if (!form.test(token)) problems.push({ line: index + 1, problem: `is a text of ${token.length} characters` });
    else if (unknown)
      problems.push({ line: index + 1, problem: 'has something else than read or send after the token' });
    else {
      const limited = words.length === 0 ? scopes : (words as Scope[]);
      tokens.push({ digest: tokenDigest(token), scopes: new Set(limited), weak: isWeakToken(token) });
    }
  }
  return { tokens, problems };
}

export function tokenDigest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
