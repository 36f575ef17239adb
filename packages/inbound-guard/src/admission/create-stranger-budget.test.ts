import { createManualClock } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createAdmission } from './create-admission.ts';

const minuteMs = 60_000;
const hourCount = 12;

/** A generator that is the same on every run (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Half a day of open mode: about one honest stranger a minute, each of whom writes once, and half of them again five
 * minutes later; and attackers who each write as often as a stranger may.
 */
function simulate(attackers: number): { first: number; again: number } {
  const clock = createManualClock();
  const random = createRandom(attackers + 1);
  const admission = createAdmission({
    self: 'me',
    mode: 'open',
    isAllowed: () => false,
    // What the server gives listed senders, so that the limits for strangers are the ones that count.
    limits: { total: { burst: 50_000, perSecond: 100 } },
    now: () => clock.now(),
  });
  let count = 0;
  const write = (sender: string) => {
    count += 1;
    return admission.admit({
      messageId: `m${count}`,
      conversationId: `c-${sender}`,
      conversationType: 'dm',
      senderInboxId: sender,
      senderAddresses: [`0x${sender}`],
      contentType: 'xmtp.org/text:1.0',
      contentBytes: 100,
    }).admit;
  };
  const events: { at: number; sender: string; kind: 'first' | 'again' | 'attack' }[] = [];
  for (let minute = 0; minute < hourCount * 60; minute += 1) {
    const at = (minute + random()) * minuteMs;
    events.push({ at, sender: `honest${minute}`, kind: 'first' });
    if (minute % 2 === 0) events.push({ at: at + 5 * minuteMs, sender: `honest${minute}`, kind: 'again' });
    for (let attacker = 0; attacker < attackers; attacker += 1) {
      for (const half of [0, 0.5])
        events.push({ at: (minute + half + random() / 2) * minuteMs, sender: `evil${attacker}`, kind: 'attack' });
    }
  }
  const started = clock.now();
  const heard = { first: 0, again: 0, attack: 0 };
  const asked = { first: 0, again: 0, attack: 0 };
  for (const { at, sender, kind } of events.toSorted((a, b) => a.at - b.at)) {
    clock.advance(started + at - clock.now());
    asked[kind] += 1;
    if (write(sender)) heard[kind] += 1;
  }
  return { first: heard.first / asked.first, again: heard.again / asked.again };
}

test.each([
  [0, 1, 1],
  [6, 0.98, 0.95],
  [30, 0.95, 0.95],
  // A hundred first messages of their own take the first quarter of an hour.
  [100, 0.9, 0.9],
])('with %i attackers, honest strangers are heard the first time and the next', (attackers, firstShare, againShare) => {
  const { first, again } = simulate(attackers);
  expect(first).toBeGreaterThanOrEqual(firstShare);
  expect(again).toBeGreaterThanOrEqual(againShare);
});

test('inboxes made for one message each cannot silence those who talk already', () => {
  const clock = createManualClock();
  const admission = createAdmission({ self: 'me', mode: 'open', isAllowed: () => false, now: () => clock.now() });
  let count = 0;
  const write = (sender: string) => {
    count += 1;
    const facts = { conversationId: sender, senderInboxId: sender, senderAddresses: [`0x${sender}`] } as const;
    const rest = { conversationType: 'dm', contentType: 'xmtp.org/text:1.0', contentBytes: 10 } as const;
    return admission.admit({ messageId: `m${count}`, ...facts, ...rest }).admit;
  };
  expect(write('talker')).toBe(true);
  let heard = 0;
  for (let minute = 0; minute < 600; minute += 1) {
    for (let at = 0; at < 60; at += 1) {
      clock.advance(1_000);
      write(`fresh${minute}-${at}`);
    }
    if (minute % 5 === 0 && write('talker')) heard += 1;
  }
  expect(heard).toBe(120);
});
