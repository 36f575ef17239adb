import { createElapsedClock } from '@xmtp-messaging/errors';
import { parseTokens, type Token } from './parse-tokens.ts';

/** What could be read: the lines, why not, or `null` when there is nothing to read yet. */
export type TokenText = { ok: true; secret: string } | { ok: false; problem: string } | null;

/** Where tokens come from. */
export interface TokenSourceOptions {
  read: () => TokenText;
  /** Whether a token that people would try is taken. */
  allowWeak: boolean;
  /** Told once of each problem. Without what the file holds. */
  onProblem: (problem: string) => void;
  /** Told how many tokens are valid when that set changed while the server ran. */
  onChange: (count: number) => void;
  now: () => number;
}

/** The tokens that are valid now, or `null` before there are any to know. */
export type TokenSource = () => readonly Token[] | null;

const lookEveryMs = 1000;
/** Editors write in steps: for so long a file that cannot be read leaves what it said before in force. */
const graceMs = 5000;

/**
 * Reads tokens again when somebody asks and a second has passed, so that one can be exchanged without a restart. A file
 * that cannot be read stops to be good for anything: who removes it wants its tokens gone.
 */
export function createTokenSource(options: TokenSourceOptions): TokenSource {
  const { read, allowWeak, onProblem, onChange } = options;
  const elapsed = createElapsedClock(options.now);
  let known: readonly Token[] | null = null;
  let text: string | null = null;
  let lookedAt = -Infinity;
  let soundAt = -Infinity;
  let told = '';
  const tell = (problem: string) => {
    if (problem !== told && problem !== '') onProblem(problem);
    told = problem;
  };
  const take = (secret: string) => {
    const { tokens, problems } = parseTokens(secret);
    const strong = tokens.filter(({ weak }) => allowWeak || !weak);
    const guessable = tokens.length - strong.length;
    tell(
      [
        ...problems.map(({ line, problem }) => `line ${line} ${problem}`),
        ...(guessable > 0 ? [`${guessable} that can be guessed`] : []),
      ].join('; '),
    );
    if (text !== null) onChange(strong.length);
    text = secret;
    known = strong;
  };

  return () => {
    const time = elapsed();
    // While there is nothing to know, it is asked for each time: whoever waits for it comes in once it is there.
    if (known !== null && time - lookedAt < lookEveryMs) return known;
    lookedAt = time;
    const found = read();
    if (found === null) return known;
    if (found.ok) {
      soundAt = time;
      if (found.secret !== text) take(found.secret);
    } else if (time - soundAt >= graceMs) {
      tell(found.problem);
      if (known !== null && known.length > 0) onChange(0);
      known = [];
      text = '';
    }
    return known;
  };
}
