import { candidate } from '../text/candidates.ts';
import { invalidValue } from './header-value.ts';

const maxCharacters = 64;
const unfitPattern = new RegExp(`[${candidate}\\n\\t]`, 'v');
let emojiPattern: RegExp | undefined;
const stackedPattern = /\p{M}{9}/u;

/** What `nameLabel` writes. */
export const nameLabelPattern =
  /^"(?:[ !#-%'-;=?-[\]-~]|\\["\\]|\\u[0-9a-f]{4}){1,128}" \((?:label|(?:not )?verified)(?:, non-ASCII)?(?:, shortened)?\)$/;

/** A name that a sender goes by. */
export interface SenderName {
  /** As it is to be shown; everything in it is rendered first. */
  name: string;
  /** The chain confirmed that this name belongs to the sender's address; nobody's word was taken. */
  verified: boolean;
  /** The operator's own words for the sender, which no registry knows; never verified. @default false */
  isLabel?: boolean | undefined;
}

/** What is joined or tagged inside one emoji is seen; the escapes show it anyway. */
function isUnfit(name: string): boolean {
  if (!unfitPattern.test(name)) return false;
  // Few names need it, and making it takes longer than all other patterns of this package together.
  emojiPattern ??= new RegExp(
    String.raw`\p{RGI_Emoji}|\p{Extended_Pictographic}(?:\uFE0F?\u200D\p{Extended_Pictographic})+`,
    'gv',
  );
  return unfitPattern.test(name.replaceAll(emojiPattern, ''));
}

/**
 * The only free text in a header: a JSON string in ASCII, at most 64 characters, then what the host knows of it.
 * A name with a character that would not stand unchanged in a body is `invalid` as a whole.
 */
export function nameLabel({ name, verified, isLabel = false }: SenderName): string {
  const normal = name.slice(0, 4 * maxCharacters).normalize('NFC');
  if (normal.trim() === '' || isUnfit(normal) || stackedPattern.test(normal)) return invalidValue;
  const characters = Array.from(normal);
  const shortened = characters.length > maxCharacters || name.length > 4 * maxCharacters;
  const shown = shortened ? `${characters.slice(0, maxCharacters - 1).join('')}\u2026` : normal;
  const facts = [isLabel ? 'label' : verified ? 'verified' : 'not verified'];
  // A letter of another script may look like one of ours: the escapes show it, this says it.
  if (/[^\x20-\x7E]/.test(normal)) facts.push('non-ASCII');
  if (shortened) facts.push('shortened');
  return `${asciiJson(shown)} (${facts.join(', ')})`;
}

/** JSON in ASCII, without characters that open markup. `JSON.parse` gives the value back. */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\x7F-\uFFFF]{1,256}/g, (run: string) => {
    let out = '';
    for (let index = 0; index < run.length; index += 1) {
      out += `\\u${(0x10000 + run.charCodeAt(index)).toString(16).slice(1)}`;
    }
    return out;
  });
}
