import { expect, test } from 'vitest';
import { startMachine } from '../../test/start-machine.ts';

test('the disk is waited for for the first position only, and an orderly end leaves no gap', async () => {
  const machine = await startMachine();
  expect(machine.hear('first')).toBe(1);
  const kept = machine.keeps();
  for (let count = 2; count <= 50; count += 1) machine.hear(`${count}`);
  expect(machine.keeps()).toBe(kept);
  machine.restart();
  expect(machine.hear('after')).toBe(51);
  machine.cutPower();
  expect(machine.hear('later')).toBeGreaterThan(1_000);
  machine.close();
});
