const pattern = (source: string) => new RegExp(`^${source}$`, 'v');
const letter = '[\\p{L}\\p{M}]';
const scripts = (names: string) =>
  `[${names
    .split(' ')
    .map((name) => `\\p{Script_Extensions=${name}}`)
    .join('')}]`;

const joining = scripts(
  'Arab Syrc Nkoo Mong Adlm Mand Mani Phlp Phag Rohg Sogd Sogo Ougr Chrs Thaa ' +
    'Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr Tibt Bali Java Sund Cham Lana Newa Gran Sylo Brah Kthi Sidd Tirh Cakm',
);
const unspaced = scripts('Thai Laoo Khmr Mymr Tale Talu Lana Tavt');
const rightToLeft = scripts(
  'Hebr Arab Syrc Thaa Nkoo Samr Mand Adlm Rohg Yezi Sogd Sogo Ougr Chrs Mani Phlp Phli Prti Avst Armi Phnx Lydi Hatr Nbat Palm Cprt Khar Narb Sarb Hung Orkh Mend Elym Gara',
);

/** Tests of the character beside a candidate. Each takes one whole character that is not itself a candidate. */
export const neighbour = {
  emoji: pattern('\\p{Emoji}'),
  emojiModifier: pattern('\\p{Emoji_Modifier}'),
  pictograph: pattern('\\p{Extended_Pictographic}'),
  /** Letter or mark of a script in which a zero-width joiner or non-joiner changes the shape of words. */
  joining: pattern(`[${letter}&&${joining}]`),
  /** After the virama of an Indic script a joiner asks for a half form or chillu, even at the end of a word. */
  virama: /^[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA]$/,
  /** Letter or mark of a script that writes no spaces: a zero-width space is where a line may break. */
  unspaced: pattern(`[${letter}&&${unspaced}]`),
  mongolian: pattern('[\\p{L}&&\\p{Script_Extensions=Mong}]'),
  hangulJamo: /^[\u1100-\u11FF\uA960-\uA97C\uD7B0-\uD7FB]$/,
  egyptian: pattern('[\\p{L}&&\\p{Script_Extensions=Egyp}]'),
};

/** Whether a line holds a letter that is written from right to left. Marks and digits do not count. */
export const rightToLeftPattern = new RegExp(`[[\\p{L}&&${rightToLeft}]--\\p{Default_Ignorable_Code_Point}]`, 'v');

/** The character that ends before `index`; empty at the start. */
export function characterBefore(text: string, index: number): string {
  if (index <= 0) return '';
  const code = text.charCodeAt(index - 1);
  if (code < 0xdc00 || code > 0xdfff || index < 2) return text.charAt(index - 1);
  const high = text.charCodeAt(index - 2);
  return high >= 0xd800 && high <= 0xdbff ? text.slice(index - 2, index) : text.charAt(index - 1);
}

/** The character that starts at `index`; empty at the end. */
export function characterAt(text: string, index: number): string {
  const code = text.codePointAt(index);
  return code === undefined ? '' : String.fromCodePoint(code);
}
