import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { normalizeName } from '@xmtp-messaging/errors/name';
import { patient } from '@xmtp-messaging/testing';
import { beforeAll, expect } from 'vitest';
import { openAllowlist } from './open-allowlist.ts';
import type { Allowlist } from './types.ts';

const a = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
let list: Allowlist;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'xmtp-messaging-'));
  list = await openAllowlist({ path: join(folder, 'allowlist.yaml'), watch: false });
  return async () => {
    await list.close();
    await rm(folder, { recursive: true });
  };
});

const part = fc.oneof(
  fc.stringMatching(/^[a-zA-Z0-9-]{1,8}$/),
  fc.constantFrom(
    '❤️',
    '❤',
    '1️⃣',
    '👁️‍🗨️',
    '👨‍👩‍👧',
    '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
    'Ñandú',
    'ß',
    'ﬁ',
    'ⓐ',
    "it's",
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }),
);
const texts = fc.oneof(
  fc.array(part, { minLength: 1, maxLength: 2 }).map((parts) => [...parts, 'eth'].join('.')),
  fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' ')),
);
const spellings: ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => text.toLowerCase(),
  (text) => text.normalize('NFC'),
  (text) => text.normalize('NFD'),
  (text) => text.replaceAll('\uFE0F', ''),
  (text) => text.replaceAll('❤', '❤️'),
  (text) => decodeURIComponent(encodeURIComponent(text)),
];

test.prop([texts, fc.constantFrom(...spellings)], { numRuns: 60 })(
  'whoever is listed under a name is found and taken off under each of its spellings',
  async (text, spell) => {
    const added = await list.add({ address: a, name: text }).catch(() => null);
    if (added === null) {
      expect(list.entries()).toEqual([]);
      return;
    }
    try {
      const spelling = spell(text);
      const [one, other] = [normalizeName(text), normalizeName(spelling)];
      // What ENSIP-15 says is another name may be somebody else's.
      const same = one.ok && other.ok ? one.name === other.name : spelling === text;
      fc.pre(same);
      expect(list.find(spelling)).toEqual(added.entry);
      expect(list.find(added.entry.name!)).toEqual(added.entry);
      expect(await list.remove(spelling)).toEqual(added.entry);
      expect(list.has(a)).toBe(false);
    } finally {
      await list.remove(a);
    }
  },
  patient(20_000),
);
