import { expect, onTestFinished, test } from 'vitest';
import { stopOnSignals } from './stop-on-signals.ts';

const signals = ['SIGINT', 'SIGTERM'] as const;

/** Whoever runs the tests hears them too: only what the call adds is told. */
function listen() {
  const before = signals.map((signal) => process.listeners(signal));
  const stop = stopOnSignals();
  const added = signals.map((signal, index) =>
    process.listeners(signal).find((each) => !before[index]!.includes(each)),
  );
  onTestFinished(() => signals.forEach((signal, index) => void process.off(signal, added[index]!)));
  const tell = (signal: (typeof signals)[number]) => added[signals.indexOf(signal)]!(signal);
  return { stop, tell };
}

test('the first signal stops, and says what a shell expects', () => {
  const { stop, tell } = listen();
  expect([stop.signal.aborted, stop.exitCode()]).toEqual([false, null]);
  tell('SIGTERM');
  expect(stop.signal.reason).toEqual(new Error('stopped by SIGTERM'));
  tell('SIGINT');
  expect(stop.exitCode()).toBe(143);
  expect(stop.signal.reason).toEqual(new Error('stopped by SIGTERM'));
});

test('a second of the same ends the process as it always would', () => {
  const { stop } = listen();
  expect(stop.exitCode()).toBeNull();
  const once = process.rawListeners('SIGINT').at(-1) as { listener?: unknown };
  expect(once.listener).toBeTypeOf('function');
});
