import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { createQuietConversation } from '../../test/create-quiet-conversation.ts';
import { chooseForSync } from './choose-for-sync.ts';
import type { BookedConversation } from './create-conversation-book.ts';

const booked = (index: number): BookedConversation => ({
  groupId: `g${index}`,
  id: `g${index}`,
  type: 'dm',
  native: createQuietConversation({ id: `g${index}` }),
  lastSentNs: BigInt(index),
  syncedAt: Number.NEGATIVE_INFINITY,
  isWanted: false,
  failures: 0,
  failingSince: 0,
  restUntil: 0,
  newsAt: null,
  lookedAt: Number.NEGATIVE_INFINITY,
});

test.prop([fc.integer({ min: 1, max: 400 }), fc.constantFrom(2_000, 15_000, 60_000, 120_000)])(
  'each conversation is synced by itself within an hour, however often everything is',
  (count, everyMs) => {
    const all = Array.from({ length: count }, (_, index) => booked(index));
    for (let now = 0; now <= 3_600_000; now += everyMs) {
      for (const one of chooseForSync(all, { now, sinceMs: now === 0 ? 0 : everyMs })) one.syncedAt = now;
    }
    expect(all.filter(({ syncedAt }) => syncedAt < 0)).toEqual([]);
    for (let now = 3_600_000; now <= 7_200_000; now += everyMs) {
      for (const one of chooseForSync(all, { now, sinceMs: everyMs })) one.syncedAt = now;
    }
    expect(all.filter(({ syncedAt }) => syncedAt < 3_600_000)).toEqual([]);
  },
);
