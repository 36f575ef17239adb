import { foldLooks } from './fold-looks.ts';
import { angleName, squareName, type TokenLevel } from './token-words.ts';

/** A chat-template token or tag, or what begins like one, from its opening bracket on. */
export interface FoundToken {
  level: TokenLevel;
  /** Where it ends; `null` when it only begins like one. */
  end: number | null;
}

// Each bracket with what looks like it: a tokenizer knows the first ones only, a model may take the others for them.
const OPEN_ANGLE = '<\uFF1C\uFE64\u2039\u27E8\u3008\u2329\u276E\u2770\u02C2\u1438';
const CLOSE_ANGLE = '>\uFF1E\uFE65\u203A\u27E9\u3009\u232A\u276F\u2771\u02C3\u1433';
const OPEN_SQUARE = '\\[\uFF3B\u2045\u3010\u3014\u301A\u2772';
const CLOSE_SQUARE = '\\]\uFF3D\u2046\u3011\u3015\u301B\u2773';
const BAR = '|\uFF5C\u00A6\u2502\u2223\u01C0\uFFE8\u2758';

/** Where a token may begin. */
export const TOKEN_OPENERS = `${OPEN_ANGLE}${OPEN_SQUARE}\\]`;

const word = '[\\p{L}\\p{M}\\p{N}]';
const name = `(${word}{1,32}(?:[_\\-:\u2581]{1,2}${word}{1,32}){0,7})`;

// All sticky, and bounded: no opening bracket costs more than a few hundred steps.
const sticky = (source: string) => new RegExp(source, 'uy');
const BARRED = sticky(`[${BAR}](?:[^${OPEN_ANGLE}${CLOSE_ANGLE}${BAR}\\n\\\\]{1,64}[${BAR}][${CLOSE_ANGLE}])?`);
const BAR_AT_END = sticky(`[\\p{L}\\p{M}\\p{N}_.:\u2581\\-]{1,64}[${BAR}][${CLOSE_ANGLE}]`);
/** Attributes may follow, as in `<invoke name=` and `<function=`. */
const goesOn = '(?=(?:\\s{1,4}[a-zA-Z_:][\\w:.\\-]{0,32}\\s{0,2})?=|\\s{0,2}/>)';
const ANGLE_NAME = sticky(`_{0,2}${name}_{0,2}(?:([${CLOSE_ANGLE}])|${goesOn})`);
const BYTE = sticky('0x[0-9A-Fa-f]{2}>');
const SQUARE_BARRED = sticky(`[${BAR}]${word}[\\p{L}\\p{M}\\p{N}_ \\-]{1,63}[${BAR}][${CLOSE_SQUARE}]`);
const SQUARE_NAME = sticky(`${name}([${CLOSE_SQUARE}])`);
/** `]~!b[`, `]~b]`, `[e~[`, `]!p~[`: brackets the wrong way round about a tilde. */
const TILDE = sticky('(?:[!a-z]{1,8}~[!a-z]{0,8}|~[!a-z]{1,8})[[\\]]');
const MEDIA = sticky('<\\]');

/**
 * The token whose opening bracket and slash end before `at`, where only backslashes may stand in between; `null` when
 * there is none. Never looks past another opening bracket, so that a backslash added there changes nothing here.
 */
export function tokenAfter(text: string, opener: string, isClosing: boolean, at: number): FoundToken | null {
  if (opener === ']') return match(TILDE, text, at, 'control') ?? match(MEDIA, text, at, 'control');
  if (OPEN_SQUARE.includes(opener)) {
    return (
      match(SQUARE_BARRED, text, at, 'control') ??
      named(SQUARE_NAME, text, at, (shown, lower) => squareName(shown, lower, isClosing)) ??
      match(TILDE, text, at, 'control')
    );
  }
  const barred = match(BARRED, text, at, 'control');
  if (barred !== null) return barred.end === at + 1 ? { level: 'control', end: null } : barred;
  return (
    match(BAR_AT_END, text, at, 'control') ?? named(ANGLE_NAME, text, at, angleName) ?? match(BYTE, text, at, 'tag')
  );
}

function match(pattern: RegExp, text: string, at: number, level: TokenLevel): FoundToken | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? { level, end: pattern.lastIndex } : null;
}

function named(
  pattern: RegExp,
  text: string,
  at: number,
  levelOf: (shown: string, lower: string) => TokenLevel | null,
): FoundToken | null {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (found === null) return null;
  const shown = foldLooks(found[1]!);
  const level = levelOf(shown, shown.toLowerCase());
  if (level === null) return null;
  // With attributes it is a tag that goes on; where it ends is not looked for.
  return { level, end: found[2] === undefined ? null : pattern.lastIndex };
}
