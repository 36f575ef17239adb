import { foldLooks } from './fold-looks.ts';
import { angleName, squareName, type TokenLevel } from './token-words.ts';

/** A chat-template token or tag, or what begins like one, from its opening bracket on. */
export interface FoundToken {
  level: TokenLevel;
  /** Where it ends; `null` when it only begins like one. */
  end: number | null;
}

// Each bracket with what looks like it: a tokenizer knows the first ones only, a model may take the others for them.
const openAngle = '<\uFF1C\uFE64\u2039\u27E8\u3008\u2329\u276E\u2770\u02C2\u1438';
const closeAngle = '>\uFF1E\uFE65\u203A\u27E9\u3009\u232A\u276F\u2771\u02C3\u1433';
const openSquare = '\\[\uFF3B\u2045\u3010\u3014\u301A\u2772';
const closeSquare = '\\]\uFF3D\u2046\u3011\u3015\u301B\u2773';
const barCharacters = '|\uFF5C\u00A6\u2502\u2223\u01C0\uFFE8\u2758';

/** Where a token may begin. */
export const tokenOpeners = `${openAngle}${openSquare}\\]`;

const word = '[\\p{L}\\p{M}\\p{N}]';
const name = `(${word}{1,32}(?:[_\\-:\u2581]{1,2}${word}{1,32}){0,7})`;

// All sticky, and bounded: no opening bracket costs more than a few hundred steps.
const sticky = (source: string) => new RegExp(source, 'uy');
const barredPattern = sticky(
  `[${barCharacters}](?:[^${openAngle}${closeAngle}${barCharacters}\\n\\\\]{1,64}[${barCharacters}][${closeAngle}])?`,
);
const barAtEndPattern = sticky(`[\\p{L}\\p{M}\\p{N}_.:\u2581\\-]{1,64}[${barCharacters}][${closeAngle}]`);
/** Attributes may follow, as in `<invoke name=` and `<function=`. */
const goesOn = '(?=(?:\\s{1,4}[a-zA-Z_:][\\w:.\\-]{0,32}\\s{0,2})?=|\\s{0,2}/>)';
const angleNamePattern = sticky(`_{0,2}${name}_{0,2}(?:([${closeAngle}])|${goesOn})`);
const bytePattern = sticky('0x[0-9A-Fa-f]{2}>');
const squareBarredPattern = sticky(
  `[${barCharacters}]${word}[\\p{L}\\p{M}\\p{N}_ \\-]{1,63}[${barCharacters}][${closeSquare}]`,
);
const squareNamePattern = sticky(`${name}([${closeSquare}])`);
/** `]~!b[`, `]~b]`, `[e~[`, `]!p~[`: brackets the wrong way round about a tilde. */
const tildePattern = sticky('(?:[!a-z]{1,8}~[!a-z]{0,8}|~[!a-z]{1,8})[[\\]]');
const mediaPattern = sticky('<\\]');

/**
 * The token whose opening bracket and slash end before `at`, where only backslashes may stand in between; `null` when
 * there is none. Never looks past another opening bracket, so that a backslash added there changes nothing here.
 */
export function tokenAfter(text: string, opener: string, isClosing: boolean, at: number): FoundToken | null {
  if (opener === ']') return match(tildePattern, text, at, 'control') ?? match(mediaPattern, text, at, 'control');
  if (openSquare.includes(opener)) {
    return (
      match(squareBarredPattern, text, at, 'control') ??
      named(squareNamePattern, text, at, (shown, lower) => squareName(shown, lower, isClosing)) ??
      match(tildePattern, text, at, 'control')
    );
  }
  const barred = match(barredPattern, text, at, 'control');
  if (barred !== null) return barred.end === at + 1 ? { level: 'control', end: null } : barred;
  return (
    match(barAtEndPattern, text, at, 'control') ??
    named(angleNamePattern, text, at, angleName) ??
    match(bytePattern, text, at, 'tag')
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
