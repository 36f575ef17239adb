/** A range of a text. */
export interface Range {
  start: number;
  end: number;
}

const beginPattern = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/g;
const endPattern = /-----END [A-Z ]{0,30}PRIVATE KEY-----/y;
/** What is left of a key that was cut off: lines of base64, which JSON may have escaped. */
const linesPattern = /(?:(?:\s|\\[nr]){0,4}[A-Za-z0-9+/=]{16,}){1,512}/y;
const longest = 16_384;

/** Private keys in PEM (RFC 7468), whole or cut off at the end. A header alone is none. */
export function findPem(text: string): Range[] {
  const found: Range[] = [];
  let close = -1;
  for (const { 0: begin, index } of text.matchAll(beginPattern)) {
    const from = index + begin.length;
    // Looked for once for all that begin before it, or never again when there is none.
    if (close < from && close !== text.length) {
      close = text.indexOf('-----END ', from);
      if (close === -1) close = text.length;
    }
    endPattern.lastIndex = close;
    linesPattern.lastIndex = from;
    if (close - from <= longest && endPattern.test(text)) found.push({ start: index, end: endPattern.lastIndex });
    else if (linesPattern.test(text)) found.push({ start: index, end: linesPattern.lastIndex });
  }
  return merged(found);
}

function merged(ranges: readonly Range[]): Range[] {
  const out: Range[] = [];
  for (const range of ranges) {
    const last = out.at(-1);
    if (last !== undefined && range.start < last.end) last.end = Math.max(last.end, range.end);
    else out.push({ ...range });
  }
  return out;
}

/** 32 bytes in hex, alone: a key, or a hash. */
const hex32Pattern = /(?<![0-9a-zA-Z])(?:0x)?[0-9a-fA-F]{64}(?![0-9a-zA-Z])/g;
/** Words that make what stands behind them a key, and words that make it something to be shown. The nearest decides. */
const wordPattern =
  /(?<shown>\b(?:public|storage|idempotency|partition|primary|foreign|cache|map(?:ping)?|pool|group|order|position) ?keys?\b|\bkey ?(?:hash|id)\b|\b(?:tx|txn|txid|tx ?hash|transactions?|hash|hashes|digest|sha ?-?256|keccak(?:256)?|checksum|commit|commitment|merkle|root|namehash|id|uid|inbox|receipt|block|proof|signature|attestation|user ?op)\b)|(?<key>\b(?:private|priv|secret|signing|encryption|wallet|master|session|deployer|signer|account) ?keys?\b|\b(?:privatekey|privkey|secretkey|pk|sk|seed|secret|mnemonic|keys?)\b)/gi;
const afterPattern = /^[^\w\n]{0,4}(?:is|was|=|<-|\()?[^\n]{0,24}\b(?:private|secret|signing|master)[ _-]?keys?\b/i;
const contextLength = 80;
/** What stands between the values of one list. */
const listPattern = /^[\s,;|"'`*\d.)\]-]{0,16}$/;

/**
 * Ranges of 32-byte hex values that are private keys by what is said of them. By their shape alone keys and hashes are
 * the same, and hashes are what an agent on a chain speaks of all day: a bare one stays.
 */
export function findHexKeys(text: string): Range[] {
  const found: Range[] = [];
  let line = 0;
  let previous: { end: number; isKey: boolean } | null = null;
  for (const { 0: value, index } of text.matchAll(hex32Pattern)) {
    const end = index + value.length;
    // Looks back to the last value and not further, so that each character is looked at once.
    const from = previous?.end ?? 0;
    const between = text.slice(from, index);
    if (between.includes('\n')) line = from + between.lastIndexOf('\n') + 1;
    const isKey: boolean =
      previous !== null && between.length <= 16 && listPattern.test(between)
        ? previous.isKey
        : isKeyBy(text, line, index, end);
    if (isKey) found.push({ start: index, end });
    previous = { end, isKey };
  }
  return found;
}

function isKeyBy(text: string, line: number, start: number, end: number): boolean {
  const before = text.slice(Math.max(line, start - contextLength), start);
  const nearest = nearestWord(before) ?? (/^\P{L}*$/u.test(before) ? nearestWord(lineAbove(text, line)) : null);
  if (nearest === 'key') return true;
  return nearest === null && afterPattern.test(text.slice(end, end + contextLength));
}

/** The line before, or nothing when it does not lead over to the next. */
function lineAbove(text: string, line: number): string {
  const above = text.slice(Math.max(0, line - contextLength), line).trimEnd();
  return /[:=]$|```\w*$/.test(above) ? above : '';
}

function nearestWord(before: string): 'key' | 'shown' | null {
  const words = before.replaceAll(/[_/"'`]/g, ' ').replaceAll(/([a-z])([A-Z])/g, '$1 $2');
  const last = Array.from(words.matchAll(wordPattern)).at(-1);
  if (last === undefined) return null;
  return last.groups?.['key'] === undefined ? 'shown' : 'key';
}
