import { expect, test } from 'vitest';
import { refuseCrowdedMinute } from './refuse-crowded-minute.ts';

test.for([
  [{ messages: 1_152, callers: 1, recipients: 1 }, true],
  [{ messages: 1_500, callers: 1, recipients: 1 }, false],
  [{ messages: 1_536, callers: 64, recipients: 1 }, true],
  [{ messages: 3_072, callers: 64, recipients: 1 }, false],
  [{ messages: 1_920, callers: 64, recipients: 32 }, false],
] as const)('%o fits into the free half of a minute: %s', ([load, fits]) => {
  const attempt = () => refuseCrowdedMinute(load);
  if (fits) expect(attempt).not.toThrow();
  else expect(attempt).toThrow('are free in a minute');
});
