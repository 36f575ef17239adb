import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { containCrash, inScope } from './contain-crash.ts';

test('an error is given to the agent whose work threw it, however late, and to no other', async () => {
  const crashed: string[] = [];
  const scopeOf = (name: string) => ({ crashed: (error: unknown) => void crashed.push(`${name}: ${String(error)}`) });
  const work = (error: string) => async () => {
    await delay(1);
    return containCrash(error);
  };
  const [a, b] = await Promise.all([inScope(scopeOf('a'), work('one')), inScope(scopeOf('b'), work('two'))]);
  expect([a, b, crashed.toSorted()]).toEqual([true, true, ['a: one', 'b: two']]);
  // Of nobody: the process is not known to be sound.
  expect(containCrash('three')).toBe(false);
  expect(crashed).toHaveLength(2);
});
