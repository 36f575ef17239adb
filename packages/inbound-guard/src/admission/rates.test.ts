import { fc, test } from '@fast-check/vitest';
import { createManualClock } from '@xmtp-messaging/testing';
import { describe, expect, it } from 'vitest';
import { runs } from '../../test/runs.ts';
import { createAdmission } from './create-admission.ts';
import { createGcra } from '@xmtp-messaging/errors';
import type { AdmissionLimits } from './admission-limits.ts';

const hourMs = 3_600_000;
let next = 0;

function setUp(
  given: { mode?: 'closed' | 'open'; limits?: Partial<AdmissionLimits>; isAllowed?: (address: string) => boolean } = {},
) {
  const clock = createManualClock();
  const admission = createAdmission({ self: 'me', isAllowed: () => true, now: () => clock.now(), ...given });
  const write = (sender: string, contentBytes = 10) => {
    next += 1;
    return admission.admit({
      messageId: `m${next}`,
      conversationId: `c-${sender}`,
      conversationType: 'dm',
      senderInboxId: sender,
      senderAddresses: [`0x${sender}`],
      contentType: 'xmtp.org/text:1.0',
      contentBytes,
    });
  };
  return { clock, admission, write };
}

/** How many of one sender's messages are heard in an hour, one each `everyMs`. */
function heardInAnHour(everyMs: number, given: Parameters<typeof setUp>[0]): number {
  const { clock, write } = setUp(given);
  let heard = 0;
  for (let time = 0; time < hourMs; time += everyMs) {
    if (write('alice').admit) heard += 1;
    clock.advance(everyMs);
  }
  return heard;
}

const lifted = { burst: 1e9, perSecond: 1e9 };

describe('burst and refill are exact', () => {
  it.each([
    [900, 60, 1],
    [700, 60, 1],
    [333, 10, 0.2],
    [1_000, 5, 1 / 30],
  ])('one message each %i ms against %i and %d per second', (everyMs, burst, perSecond) => {
    const limits = { allowlistedSender: { burst, perSecond }, total: lifted, senderBytes: lifted };
    const last = Math.ceil(hourMs / everyMs) - 1;
    expect(heardInAnHour(everyMs, { limits })).toBe(
      Math.min(last + 1, Math.floor(burst + (last * everyMs * perSecond) / 1_000 + 1e-9)),
    );
  });

  test.prop(
    [
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 50 }),
      fc.array(fc.integer({ min: -5_000, max: 5_000 }), { maxLength: 200 }),
    ],
    runs(200),
  )('never more than burst and refill, whatever the clock does', (burst, tenths, steps) => {
    const { clock, write } = setUp({ limits: { allowlistedSender: { burst, perSecond: tenths / 10 }, total: lifted } });
    let heard = 0;
    let forward = 0;
    for (const step of steps) {
      if (write('alice').admit) heard += 1;
      clock.advance(step);
      forward += Math.max(0, step);
    }
    expect(heard).toBeLessThanOrEqual(burst + (forward * tenths) / 10_000 + 1e-6);
  });

  it('a clock set back does not starve anyone', () => {
    const { clock, write } = setUp({ limits: { allowlistedSender: { burst: 1, perSecond: 1 } } });
    expect(write('alice').admit).toBe(true);
    clock.advance(-hourMs);
    expect(write('alice').admit).toBe(false);
    clock.advance(1_000);
    expect(write('alice').admit).toBe(true);
  });

  it('silence earns no more than a burst', () => {
    const { clock, write } = setUp({ limits: { allowlistedSender: { burst: 3, perSecond: 1 } } });
    for (const idle of [0, 10 * hourMs, hourMs]) {
      clock.advance(idle);
      expect(['1', '2', '3', '4'].map(() => write('alice').admit)).toEqual([true, true, true, false]);
    }
  });

  it('a refusal is not charged and prolongs nothing', () => {
    const { clock, write } = setUp({ limits: { allowlistedSender: { burst: 1, perSecond: 1 } } });
    write('alice');
    for (let at = 0; at < 99; at += 1) {
      clock.advance(10);
      expect(write('alice')).toEqual({ admit: false, reason: 'sender-rate' });
    }
    clock.advance(10);
    expect(write('alice').admit).toBe(true);
  });

  it('a bucket of fractions does not drift', () => {
    const gcra = createGcra({ burst: 3, perSecond: 3 });
    let bucket = 0;
    for (let time = 0; time < 30_000; time += 1_000) {
      for (let at = 0; at < 3; at += 1) {
        const after = gcra.take(bucket, time);
        expect(after).not.toBeNull();
        bucket = after!;
      }
    }
  });
});

describe('all or nothing, and each limit by its name', () => {
  it('bytes: a refused message takes nothing from the other buckets', () => {
    const { clock, write } = setUp({
      limits: { allowlistedSender: { burst: 3, perSecond: 0.001 }, senderBytes: { burst: 100, perSecond: 1 } },
    });
    expect(write('alice', 100).admit).toBe(true);
    for (let at = 0; at < 20; at += 1) expect(write('alice', 50)).toEqual({ admit: false, reason: 'sender-bytes' });
    clock.advance(50_000);
    expect(write('alice', 50).admit).toBe(true);
    clock.advance(50_000);
    expect(write('alice', 50).admit).toBe(true);
    expect(write('alice', 0)).toEqual({ admit: false, reason: 'sender-rate' });
  });

  it('unknown senders: five each, half for first messages, and listed senders do not feel them', () => {
    const { write } = setUp({ mode: 'open', isAllowed: (address) => address === '0xfriend' });
    for (let at = 0; at < 5; at += 1) expect(write('mallory')).toEqual({ admit: true, sender: 'unknown' });
    expect(write('mallory')).toEqual({ admit: false, reason: 'sender-rate' });
    // Nine more of the ten first messages, and one out of the other half, which keeps its middle.
    for (let at = 0; at < 10; at += 1) expect(write(`sybil${at}`).admit).toBe(true);
    for (let at = 10; at < 500; at += 1) expect(write(`sybil${at}`)).toEqual({ admit: false, reason: 'unknown-rate' });
    for (let at = 0; at < 10; at += 1) expect(write('friend')).toEqual({ admit: true, sender: 'allowlisted' });
    expect(write('friend')).toEqual({ admit: false, reason: 'sender-rate' });
  });

  it('everyone together: sixty at once', () => {
    const { clock, write } = setUp();
    for (let at = 0; at < 60; at += 1) expect(write(`s${at % 10}`).admit).toBe(true);
    expect(write('late')).toEqual({ admit: false, reason: 'total-rate' });
    clock.advance(1_000);
    expect(write('late').admit).toBe(true);
  });
});

describe('memory is bounded', () => {
  it('strangers in closed mode leave nothing behind', () => {
    const { admission, write } = setUp({ isAllowed: () => false });
    for (let at = 0; at < 10_000; at += 1) write(`s${at}`);
    expect(admission.size()).toBe(0);
  });

  it('refused senders leave nothing behind in open mode', () => {
    const { admission, write } = setUp({ mode: 'open', isAllowed: () => false });
    for (let at = 0; at < 10_000; at += 1) write(`s${at}`);
    expect(admission.size()).toBe(15);
  });

  it('only full buckets make room, and nobody gets rid of a limit by bringing others', () => {
    const { clock, admission, write } = setUp({
      limits: { tracked: 100, total: lifted, allowlistedSender: { burst: 1, perSecond: 0.1 } },
    });
    expect(write('alice').admit).toBe(true);
    for (let at = 0; at < 1_000; at += 1) write(`s${at}`);
    expect(admission.size()).toBe(100);
    expect(write('alice')).toEqual({ admit: false, reason: 'sender-rate' });
    clock.advance(10_000);
    for (let at = 0; at < 50; at += 1) expect(write(`t${at}`).admit).toBe(true);
    expect(admission.size()).toBeLessThanOrEqual(100);
  });

  it('buckets that are full again go as new ones come', () => {
    const { clock, admission, write } = setUp();
    for (let at = 0; at < 2_000; at += 1) {
      write(`s${at}`);
      clock.advance(2_000);
    }
    expect(admission.size()).toBeLessThan(10);
  });
});

it('a limit that is undefined is the default', () => {
  const undefinedLimits = { maxBytes: undefined, allowlistedMaxBytes: undefined, total: undefined, tracked: undefined };
  const admission = createAdmission({ isAllowed: () => true, limits: undefinedLimits });
  expect(admission.size()).toBe(0);
});

it('limits that are no limits are refused', () => {
  for (const limits of [
    { maxBytes: 0 },
    { tracked: Number.NaN },
    { total: { burst: -1, perSecond: 1 } },
    { dedupeMs: '1' as unknown as number },
  ]) {
    expect(() => setUp({ limits })).toThrow(expect.objectContaining({ code: 'INVALID_LIMIT' }));
  }
});
