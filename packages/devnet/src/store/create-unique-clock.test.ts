import { createManualClock } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { openDatabase } from './open-database.ts';
import { createGroupMessages } from './create-group-messages.ts';
import { createIdAllocator } from './create-id-allocator.ts';
import { createUniqueClock } from './create-unique-clock.ts';

const start = 1_700_000_000_000;
const nanoseconds = (ms: number) => BigInt(ms) * 1_000_000n;

function createStore() {
  const database = openDatabase(undefined);
  const time = createManualClock(start);
  const clock = createUniqueClock(database, () => time.now());
  const messages = createGroupMessages(database, clock, createIdAllocator(database));
  let count = 0;
  const send = () => {
    const message = {
      groupId: Uint8Array.of(1),
      data: Uint8Array.of(++count),
      senderHmac: new Uint8Array(),
      shouldPush: false,
      isCommit: false,
    };
    messages.insert(message);
    return messages.newest(message.groupId, true)!.version!.value!.createdNs;
  };
  return { database, time, clock, send };
}

test('what happens in one millisecond still happens one after the other', () => {
  const { send, time } = createStore();
  expect([send(), send(), send()]).toEqual([0n, 1_000n, 2_000n].map((more) => nanoseconds(start) + more));
  time.advance(1);
  expect(send()).toBe(nanoseconds(start + 1));
});

test('a small step back is smoothed over, a large one is followed, and no instant is used twice', () => {
  const { send, time } = createStore();
  const first = send();
  time.advance(-500);
  expect(send()).toBe(first! + 1_000n);
  time.advance(-3_600_000);
  const back = send();
  expect(back).toBe(nanoseconds(start - 3_600_500));
  time.advance(3_600_500);
  expect(send()).toBe(first! + 2_000n);
});

test('a restart goes on where the last message was', () => {
  const { database, send } = createStore();
  const last = send();
  expect(createUniqueClock(database, () => start)()).toBe(last! + 1_000n);
});
