import { expect, test } from 'vitest';
import { refuseCrowdedMinute } from './refuse-crowded-minute.ts';

test.for([
  { messages: 1_152, callers: 1, recipients: 1 },
  { messages: 1_536, callers: 64, recipients: 1 },
  { messages: 960, callers: 64, recipients: 32 },
])('%o fits into the free half of a minute', (load) => {
  expect(() => refuseCrowdedMinute(load)).not.toThrow();
});

test.for([
  { messages: 1_500, callers: 1, recipients: 1 },
  { messages: 3_072, callers: 64, recipients: 1 },
  { messages: 1_920, callers: 64, recipients: 32 },
])('%o is more than the free half of a minute', (load) => {
  expect(() => refuseCrowdedMinute(load)).toThrow('are free in a minute');
});
