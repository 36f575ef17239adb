import { foldLooks } from './fold-looks.ts';
import { createShape, matchAt, type Shape, standsAt } from './create-shape.ts';
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
const openSquare = '[\uFF3B\u2045\u3010\u3014\u301A\u2772';
const openSquares: ReadonlySet<string> = new Set(openSquare);
const closeSquare = '\\]\uFF3D\u2046\u3011\u3015\u301B\u2773';
const barCharacters = '|\uFF5C\u00A6\u2502\u2223\u01C0\uFFE8\u2758';

/** Where a token may begin, each of one code unit. */
export const tokenOpeners = `${openAngle}${openSquare}]`;

/** The same as a class of regular expressions. */
export const openerClass = `[${tokenOpeners.replaceAll(/[[\]]/g, '\\$&')}]`;

const bar = `[${barCharacters}]`;
const word = '[\\p{L}\\p{M}\\p{N}]';
const name = `(${word}{1,32}(?:[_\\-:\u2581]{1,2}${word}{1,32}){0,7})`;

// All bounded: no opening bracket costs more than a few hundred steps.
const barred = createShape(
  bar,
  `${bar}(?:[^${openAngle}${closeAngle}${barCharacters}\\n\\\\]{1,64}${bar}[${closeAngle}])?`,
);
const barAtEnd = createShape(
  '[\\p{L}\\p{M}\\p{N}_.:\u2581\\-]',
  `[\\p{L}\\p{M}\\p{N}_.:\u2581\\-]{1,64}${bar}[${closeAngle}]`,
);
/** Attributes may follow, as in `<invoke name=` and `<function=`. */
const goesOn = '(?=(?:\\s{1,4}[a-zA-Z_:][\\w:.\\-]{0,32}\\s{0,2})?=|\\s{0,2}/>)';
const angleNamed = createShape('[\\p{L}\\p{M}\\p{N}_]', `_{0,2}${name}_{0,2}(?:([${closeAngle}])|${goesOn})`);
const byte = createShape('0', '0x[0-9A-Fa-f]{2}>');
const squareBarred = createShape(bar, `${bar}${word}[\\p{L}\\p{M}\\p{N}_ \\-]{1,63}${bar}[${closeSquare}]`);
const squareNamed = createShape(word, `${name}([${closeSquare}])`);
/** `]~!b[`, `]~b]`, `[e~[`, `]!p~[`: brackets the wrong way round about a tilde. */
const tilde = createShape('[!a-z~]', '(?:[!a-z]{1,8}~[!a-z]{0,8}|~[!a-z]{1,8})[[\\]]');
const media = createShape('<', '<\\]');

/**
 * The token whose opening bracket and slash end before `at`, where only backslashes may stand in between; `null` when
 * there is none. Never looks past another opening bracket, so that a backslash added there changes nothing here.
 */
export function tokenAfter(text: string, opener: string, isClosing: boolean, at: number): FoundToken | null {
  if (opener === ']') return match(tilde, text, at, 'control') ?? match(media, text, at, 'control');
  if (openSquares.has(opener)) {
    return (
      match(squareBarred, text, at, 'control') ??
      named(squareNamed, text, at, (shown, lower) => squareName(shown, lower, isClosing)) ??
      match(tilde, text, at, 'control')
    );
  }
  const found = match(barred, text, at, 'control');
  if (found !== null) return found.end === at + 1 ? { level: 'control', end: null } : found;
  return match(barAtEnd, text, at, 'control') ?? named(angleNamed, text, at, angleName) ?? match(byte, text, at, 'tag');
}

function match(shape: Shape, text: string, at: number, level: TokenLevel): FoundToken | null {
  return standsAt(shape, text, at) ? { level, end: shape.pattern.lastIndex } : null;
}

function named(
  shape: Shape,
  text: string,
  at: number,
  levelOf: (shown: string, lower: string) => TokenLevel | null,
): FoundToken | null {
  const found = matchAt(shape, text, at);
  if (found === null) return null;
  const shown = foldLooks(found[1]!);
  const level = levelOf(shown, shown.toLowerCase());
  if (level === null) return null;
  // With attributes it is a tag that goes on; where it ends is not looked for.
  return { level, end: found[2] === undefined ? null : shape.pattern.lastIndex };
}
