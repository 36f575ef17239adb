import { ens_beautify, ens_normalize } from '@adraffy/ens-normalize';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { nameKey, readListedName, readListName } from './list-name.ts';
import { normalizeName } from './normalize-name.ts';

const label = fc.oneof(
  fc.stringMatching(/^[a-zA-Z0-9-]{1,12}$/),
  fc.constantFrom('❤️', '❤', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '👨‍👩‍👧', '1️⃣', '👁️‍🗨️', 'ñandú', 'n\u0303', 'ΑΒ', 'ﬁ', 'Ⅷ', '٣', '_x', "it's", 'ß', 'faß'),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
);
const names = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => [...labels, 'eth'].join('.'));
const spellings = (name: string) => [
  name,
  name.toUpperCase(),
  name.normalize('NFC'),
  name.normalize('NFD'),
  decodeURIComponent(encodeURIComponent(name)),
  name.replaceAll('\uFE0F', ''),
];

test.prop([names])('the short way gives what the library gives', (name) => {
  const read = normalizeName(name);
  let wanted: string | null = null;
  try {
    wanted = ens_normalize(name);
  } catch {
    // Then it is refused.
  }
  expect(read.ok ? read.name : null).toBe(wanted);
});

test.prop([names])('every spelling that normalises to a name has its key, and the key is its own key', (name) => {
  const read = readListName(name);
  if (!read.ok) return;
  const key = nameKey(read.text);
  // The library writes names only; a label is free words.
  const shown = read.kind === 'name' ? [ens_beautify(name), ens_beautify(read.text)] : [];
  for (const spelling of [...spellings(name), ...shown]) {
    // A change of case may make another name, which the library then says.
    const other = normalizeName(spelling);
    if (other.ok && other.name === read.text) expect(nameKey(spelling)).toBe(key);
  }
  expect([name, key, ...shown].map(nameKey)).toEqual(Array.from({ length: shown.length + 2 }, () => key));
});

test.prop([fc.string({ unit: 'binary', maxLength: 20 })])('what is accepted is read back as itself', (text) => {
  for (const read of [readListName, readListedName]) {
    const first = read(text);
    if (!first.ok) continue;
    expect(read(first.text)).toEqual(first);
    expect(nameKey(first.text)).toBe(nameKey(text));
  }
});

const unseen = [
  '\u200B',
  '\u200D',
  '\uFE0F',
  '\u034F',
  '\u3164',
  '\u115F',
  '\u2800',
  '\u061C',
  '\u202E',
  '\u009B',
  '\u{E0041}',
  '\u00A0',
];

test.prop([fc.constantFrom(...unseen), fc.constantFrom('alice.eth', 'Alice', 'Alice B'), fc.nat(4)])(
  'what cannot be seen is refused or gone',
  (hidden, text, at) => {
    const read = readListName(text.slice(0, at + 1) + hidden + text.slice(at + 1));
    if (read.ok) expect(read.text).not.toContain(hidden);
  },
);
