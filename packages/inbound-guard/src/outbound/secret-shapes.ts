/** A secret that is known by its shape. */
export interface SecretShape {
  rule: string;
  pattern: RegExp;
}

// Quantifiers are bounded or end at a character outside their class, so that no text makes them slow.
export const secretShapes: readonly SecretShape[] = [
  {
    rule: 'private key',
    pattern: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]{0,8192}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
  },
  { rule: 'api key', pattern: /\bsk-(?:[a-z]+-){0,3}[\w-]{20,200}/g },
  { rule: 'api key', pattern: /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,200}/g },
  { rule: 'api key', pattern: /\bAIza[\w-]{35}/g },
  { rule: 'api key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { rule: 'access token', pattern: /\bgh[oprsu]_[A-Za-z0-9]{30,255}|\bgithub_pat_\w{40,255}|\bglpat-[\w-]{20,64}/g },
  { rule: 'access token', pattern: /\bxox[abeoprs]-[\w-]{10,200}/g },
  { rule: 'access token', pattern: /\b(?:npm|hf)_[A-Za-z0-9]{30,80}/g },
  { rule: 'access token', pattern: /\b\d{8,10}:AA[\w-]{33}/g },
  { rule: 'access token', pattern: /\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{8,2000}/g },
  { rule: 'access token', pattern: /(?<=\bBearer )[\w.~+/-]{20,2000}={0,2}/g },
  { rule: 'password', pattern: /(?<=\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,64}:)[^\s/@]{1,128}(?=@)/gi },
  {
    rule: 'password',
    pattern:
      /(?<=\b(?:password|passphrase|passwd|api[_-]?key|secret|access[_-]?token)["']?\s{0,3}[:=]\s{0,3}["']?)(?=[A-Za-z]{0,199}[\d_/+=!@#$%^&*-])[^\s"',;[\]]{8,200}/gi,
  },
  { rule: 'extended private key', pattern: /\b[xyz]prv[1-9A-HJ-NP-Za-km-z]{100,112}\b/g },
  {
    rule: 'seed phrase',
    pattern:
      /(?<=\b(?:seed|recovery|mnemonic|secret)(?: (?:phrase|words))?\b[^a-z\n]{1,12})(?:[a-z]{3,8}[ ,]{1,3}){11,23}[a-z]{3,8}\b/gi,
  },
];

/** 32 bytes in hex, alone: a key, or a hash. */
const HEX_32 = /(?<![0-9a-zA-Z])(?:0x)?[0-9a-fA-F]{64}(?![0-9a-zA-Z])/g;
const KEY_WORD = /\b(?:private|priv|secret|signing|encryption|wallet|key|keys|pk|seed)\b/i;
const HASH_WORD =
  /\b(?:tx|txn|txid|transaction|hash|hashes|digest|sha-?256|keccak(?:256)?|checksum|commit|commitment|merkle|namehash|id|inbox)\b/i;
const CONTEXT = 48;

/**
 * Ranges of 32-byte hex values that are not plainly hashes. Plainly a hash is one for which the words just before it on
 * its line, or the path of its URL, say so ("tx", "hash", "inbox id", …) and no word there says key or secret.
 */
export function findBareKeys(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const { 0: value, index } of text.matchAll(HEX_32)) {
    const line = text.lastIndexOf('\n', index) + 1;
    const before = text.slice(Math.max(line, index - CONTEXT), index).replaceAll(/[_/]/g, ' ');
    if (KEY_WORD.test(before) || !HASH_WORD.test(before)) found.push({ start: index, end: index + value.length });
  }
  return found;
}
