import { expect, test } from 'vitest';
import { createLogger } from './create-logger.ts';
import { keepProblems } from './keep-problems.ts';

test('the last warnings and errors are kept beside the log, bounded, and with nothing that the log hides', () => {
  let log = '';
  const { logger, problems } = keepProblems(
    createLogger({ destination: { write: (line) => void (log += line) } }),
    () => 7,
  );
  logger.info({ event: 'fine' });
  logger.warn({ event: 'send-failed', code: 'TIMEOUT', token: 'secret', text: 'words', causes: ['A', 'B'] });
  logger.error({ event: 'other', note: 'x'.repeat(1000) });
  expect(problems()).toEqual([
    { seq: 1, at: 7, level: 'warn', event: 'send-failed', code: 'TIMEOUT', detail: 'A,B' },
    { seq: 2, at: 7, level: 'error', event: 'other', code: null, detail: 'x'.repeat(300) },
  ]);
  expect(log.split('\n').length).toBe(4);
  for (let n = 0; n < 200; n += 1) logger.warn({ event: `e${n}` });
  expect([problems().length, problems().at(-1)?.seq]).toEqual([100, 202]);
});
