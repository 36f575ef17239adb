import { expect, test } from 'vitest';
import { createInFlight, type LeaveOptions } from './create-in-flight.ts';

const stay: LeaveOptions = { signal: undefined, timeoutMs: 10_000, error: (why) => new Error(why) };

function setUp() {
  const inFlight = createInFlight<string>();
  const started: { signal: AbortSignal; isCurrent: () => boolean; answer: (text: string) => void; fail: () => void }[] =
    [];
  const join = (leave: Partial<LeaveOptions> = {}) =>
    inFlight.join(
      'key',
      (context) =>
        new Promise((resolve, reject) => {
          started.push({ ...context, answer: resolve, fail: () => reject(new Error('failed')) });
        }),
      { ...stay, ...leave },
    );
  return { inFlight, started, join };
}

test('a thousand callers share one piece of work', async () => {
  const { started, join } = setUp();
  const all = Array.from({ length: 1_000 }, () => join());
  started[0]!.answer('x');
  expect(new Set(await Promise.all(all))).toEqual(new Set(['x']));
  expect(started).toHaveLength(1);
});

test('a failure reaches everybody, and the next caller starts anew', async () => {
  const { started, join } = setUp();
  const all = [join(), join()];
  started[0]!.fail();
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const next = join();
  started[1]!.answer('y');
  expect(await next).toBe('y');
});

test('one caller leaves alone', async () => {
  const { started, join } = setUp();
  const controller = new AbortController();
  const [leaving, staying] = [join({ signal: controller.signal }), join()];
  controller.abort();
  await expect(leaving).rejects.toThrow('aborted');
  expect(started[0]!.signal.aborted).toBe(false);
  started[0]!.answer('x');
  expect(await staying).toBe('x');
});

test('an endless timeout does not end at once', async () => {
  const { inFlight, started, join } = setUp();
  const call = join({ timeoutMs: Number.POSITIVE_INFINITY });
  const shorter = inFlight.join('other', () => new Promise(() => {}), { ...stay, timeoutMs: 10 });
  await expect(shorter).rejects.toThrow('timeout');
  started[0]!.answer('x');
  expect(await call).toBe('x');
});

test('who has left before the work starts does not start it', async () => {
  const { started, join } = setUp();
  await expect(join({ signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  expect(started).toHaveLength(0);
});

test('the last caller to leave ends the work, and a later one does not get the remains', async () => {
  const { started, join } = setUp();
  const controller = new AbortController();
  const leaving = [join({ signal: controller.signal }), join({ timeoutMs: 10 })];
  await expect(leaving[1]).rejects.toThrow('timeout');
  expect(started[0]!.signal.aborted).toBe(false);
  controller.abort();
  await expect(leaving[0]).rejects.toThrow('aborted');
  expect(started[0]!.signal.aborted).toBe(true);
  expect(started[0]!.isCurrent()).toBe(false);
  const next = join();
  started[0]!.answer('old');
  started[1]!.answer('new');
  expect(await next).toBe('new');
});

test('forgotten work still answers those who wait, and nobody else', async () => {
  const { inFlight, started, join } = setUp();
  const before = join();
  expect(started[0]!.isCurrent()).toBe(true);
  inFlight.forget('key');
  expect(started[0]!.isCurrent()).toBe(false);
  const after = join();
  started[0]!.answer('old');
  started[1]!.answer('new');
  expect(await Promise.all([before, after])).toEqual(['old', 'new']);
  const again = join();
  inFlight.forget();
  expect(started[2]!.isCurrent()).toBe(false);
  started[2]!.answer('z');
  expect(await again).toBe('z');
});
