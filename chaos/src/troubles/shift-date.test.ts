import { expect, test } from 'vitest';
import { shiftDate } from './shift-date.ts';

test('the present is shifted, however it is asked for, and steps with the shift', () => {
  let shift = -3_600_000;
  // oxlint-disable-next-line unicorn/no-static-only-class
  class Still extends Date {
    static override now = () => 1_700_000_000_000;
  }
  const Shifted = shiftDate(Still as DateConstructor, () => shift);
  expect(Shifted.now()).toBe(1_699_996_400_000);
  expect(new Shifted().getTime()).toBe(1_699_996_400_000);
  expect(Shifted()).toBe(new Date(1_699_996_400_000).toString());
  shift = 60_000;
  expect(new Shifted().getTime()).toBe(1_700_000_060_000);
});

test('a given time stays, and a date is a date', () => {
  const Shifted = shiftDate(Date, () => 5_000);
  expect(new Shifted(7).getTime()).toBe(7);
  expect(new Shifted(2026, 0, 1).getTime()).toBe(new Date(2026, 0, 1).getTime());
  expect(Shifted.parse('1970-01-01T00:00:01Z')).toBe(1_000);
  expect(Shifted.UTC(1970, 0)).toBe(0);
  expect(new Shifted()).toBeInstanceOf(Date);
  expect(new Date()).toBeInstanceOf(Shifted);
});
