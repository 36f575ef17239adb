import { createManualClock } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createLoopGuard, type LoopGuardOptions } from './create-loop-guard.ts';

function setUp(options: Partial<LoopGuardOptions> = {}) {
  const clock = createManualClock();
  const guard = createLoopGuard({ limit: 4, windowMs: 60_000, probeMs: 5000, now: () => clock.now(), ...options });
  let count = 0;
  const message = (text: string, conversationId = 'a') => {
    count += 1;
    guard.heard(conversationId);
    return { messageId: `m${count}`, conversationId, receivedAt: clock.now(), text };
  };
  /** A message that is answered at once, if it may be. */
  const exchange = (text: string, reply: string) => {
    const incoming = message(text);
    const verdict = guard.check(incoming);
    if (verdict.kind === 'go') guard.answered(incoming, reply);
    return { incoming, verdict };
  };
  return { clock, guard, message, exchange };
}

test('a person who asks much waits until the window has room, message by message', () => {
  const { clock, guard, exchange } = setUp();
  for (let turn = 0; turn < 4; turn += 1) {
    expect(exchange(`question ${turn}`, `answer ${turn}`).verdict).toEqual({ kind: 'go' });
    clock.advance(10_000);
  }
  const { incoming, verdict } = exchange('question 4', 'answer 4');
  expect(verdict).toEqual({ kind: 'wait', waitMs: 20_000 });
  expect([guard.check(incoming).kind, guard.state()]).toEqual(['wait', { heldBack: 1, waiting: 1 }]);
  clock.advance(20_000);
  expect([guard.check(incoming), guard.state()]).toEqual([{ kind: 'go' }, { heldBack: 1, waiting: 0 }]);
});

test('a person who types ahead is no program, however fast the answers are', () => {
  const { clock, guard, message, exchange } = setUp();
  for (let turn = 0; turn < 4; turn += 1) {
    exchange(`question ${turn}`, `answer ${turn}`);
    clock.advance(240);
  }
  const { incoming, verdict } = exchange('question 4', '');
  expect(verdict).toEqual({ kind: 'wait', waitMs: 5000 });
  clock.advance(240);
  message('question 5');
  clock.advance(5000);
  expect(guard.check(incoming)).toMatchObject({ kind: 'wait' });
  clock.advance(60_000);
  expect(guard.check(incoming)).toEqual({ kind: 'go' });
});

test('what only ever answers our answers, faster than people write, and is silent when we are, is a loop', () => {
  const { clock, guard, exchange } = setUp();
  for (let turn = 0; turn < 4; turn += 1) {
    exchange(`echo ${turn * 2}`, `echo ${turn * 2 + 1}`);
    clock.advance(300);
  }
  const { incoming, verdict } = exchange('echo 8', '');
  expect(verdict).toEqual({ kind: 'wait', waitMs: 5000 });
  clock.advance(5000);
  expect(guard.check(incoming)).toEqual({ kind: 'loop', why: expect.stringContaining('speed of a program') });
  expect(guard.state()).toEqual({ heldBack: 1, waiting: 0 });
});

test('one who is slow is no program for being silent', () => {
  const { clock, guard, exchange } = setUp();
  for (let turn = 0; turn < 4; turn += 1) {
    exchange(`question ${turn}`, `answer ${turn}`);
    clock.advance(5000);
  }
  const { incoming } = exchange('question 4', '');
  clock.advance(30_000);
  expect(guard.check(incoming).kind).toBe('wait');
});

test.each([
  ['the same words', () => ['Hello!', 'Hi, how can I help?']],
  [
    'the same words in other case and spacing',
    (turn: number) => [turn % 2 === 0 ? 'Thank  you' : 'thank you ', `You are welcome ${turn}`],
  ],
  ['an echo of ours', (turn: number) => [turn % 2 === 0 ? 'ping' : ' PING ', 'ping']],
])('%s, again and again, are a loop at any speed', (_, texts) => {
  const { clock, exchange } = setUp();
  for (let turn = 0; turn < 4; turn += 1) {
    const [heard, said] = texts(turn) as [string, string];
    expect(exchange(heard, said).verdict.kind).toBe('go');
    clock.advance(9000);
  }
  expect(exchange(texts(4)[0]!, '').verdict).toEqual({ kind: 'loop', why: expect.stringContaining('repeats') });
});

test('somebody who says a new thing after repeating himself waits as anybody does', () => {
  const { clock, exchange } = setUp();
  for (let turn = 0; turn < 4; turn += 1) {
    exchange('Are you there?', `Yes ${turn}`);
    clock.advance(9000);
  }
  expect(exchange('Then let us begin.', '').verdict.kind).toBe('wait');
});

test('ten windows in a day are a loop, however slow it is; the next day is a new one', () => {
  const { clock, guard, exchange } = setUp({ limit: 2, windowMs: 1000 });
  for (let turn = 0; turn < 20; turn += 1) {
    expect(exchange(`thought ${turn}`, `more ${turn}`).verdict.kind).toBe('go');
    clock.advance(5000);
  }
  const { verdict } = exchange('thought 21', '');
  expect(verdict).toEqual({ kind: 'loop', why: expect.stringContaining('20 answers in a day') });
  expect(guard.waitMs('a')).toBe(86_400_000 - 100_000);
  clock.advance(86_400_000);
  expect(exchange('good morning', 'hello').verdict.kind).toBe('go');
});

test('a replay costs nothing, a reply that failed does not count, and many at once do not get past the limit', () => {
  const { guard } = setUp();
  const send = (key: string, outcome: 'sent' | 'replayed' | 'failed') =>
    guard.take('a', key)?.settle(outcome) !== undefined;
  for (let turn = 0; turn < 25; turn += 1) {
    const reservation = guard.take('a', 'same');
    expect(reservation).not.toBeNull();
    reservation!.settle(turn === 0 ? 'sent' : 'replayed');
  }
  for (let turn = 0; turn < 25; turn += 1) guard.take('a', `failing ${turn}`)!.settle('failed');
  expect(send('unused', 'failed')).toBe(false);
  const open = ['k1', 'k2', 'k3', 'k4'].map((key) => guard.take('a', key));
  expect(open.map((reservation) => reservation === null)).toEqual([false, false, false, true]);
  expect([guard.take('a', 'same') === null, guard.waitMs('a') > 0, guard.waitMs('b')]).toEqual([false, true, 0]);
  open[0]!.settle('failed');
  expect(guard.waitMs('a')).toBe(0);
});

test('when the first of two equal replies failed and the second was sent, it counts once', () => {
  const { guard } = setUp({ limit: 1 });
  const [first, second] = [guard.take('a', 'k')!, guard.take('a', 'k')!];
  first.settle('failed');
  expect(guard.waitMs('a')).toBe(0);
  second.settle('sent');
  expect(guard.waitMs('a')).toBeGreaterThan(0);
});

test('an operator who wants an answer gets it', () => {
  const { guard, exchange } = setUp({ limit: 1 });
  exchange('one', 'two');
  const { incoming, verdict } = exchange('three', '');
  expect(verdict.kind).toBe('wait');
  guard.forgive('a');
  expect(guard.check(incoming)).toEqual({ kind: 'go' });
});

test('a clock that is set back frees nothing and blocks nothing for longer', () => {
  let time = 10_000_000;
  const guard = createLoopGuard({ limit: 1, windowMs: 1000, now: () => time });
  guard.take('a', 'k')!.settle('sent');
  time -= 3_600_000;
  expect(guard.waitMs('a')).toBe(1000);
  time += 1000;
  expect(guard.waitMs('a')).toBe(0);
});

test('with a limit of none, messages are delivered and nothing is answered', () => {
  const { guard, message } = setUp({ limit: 0 });
  expect([guard.isOff, guard.check(message('Hi')).kind, guard.take('a', 'k')]).toEqual([true, 'go', null]);
});
