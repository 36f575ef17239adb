import { fc, test } from '@fast-check/vitest';
import { createManualClock } from '@xmtp-messaging/testing';
import { expect } from 'vitest';
import { createLoopGuard } from './create-loop-guard.ts';

test.prop([fc.array(fc.record({ step: fc.nat(90_000), text: fc.constantFrom('a', 'b', 'c', 'd') }))])(
  'never more replies in a window than allowed, and what waits is let through in the end',
  (events) => {
    const clock = createManualClock();
    const guard = createLoopGuard({ limit: 4, windowMs: 60_000, now: () => clock.now() });
    const sent: number[] = [];
    for (const [index, { step, text }] of events.entries()) {
      clock.advance(step);
      const incoming = { messageId: `m${index}`, conversationId: 'a', receivedAt: clock.now(), text };
      guard.heard('a');
      for (let look = 0; look < 20; look += 1) {
        const verdict = guard.check(incoming);
        if (verdict.kind === 'loop') break;
        if (verdict.kind === 'go') {
          guard.answered(incoming, `to ${text}`);
          sent.push(clock.now());
          break;
        }
        expect(verdict.waitMs).toBeGreaterThan(0);
        clock.advance(verdict.waitMs);
        expect(look).toBeLessThan(19);
      }
      expect(sent.filter((at) => clock.now() - at < 60_000).length).toBeLessThanOrEqual(4);
    }
  },
);
