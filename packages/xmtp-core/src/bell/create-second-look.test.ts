import { expect, test } from 'vitest';
import { createSecondLook } from './create-second-look.ts';

const random = () => -1;
const turns = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
};

test('what is not there is looked for until it is, or four times since the last ring', async () => {
  const looks: string[] = [];
  const found = new Set<string>();
  const secondLook = createSecondLook({ signal: new AbortController().signal, random });
  const look = (key: string) => () => {
    looks.push(key);
    if (key === 'broken') return Promise.reject(new Error('away'));
    if (key === 'late' && looks.filter((each) => each === key).length === 2) found.add(key);
    return Promise.resolve(found.has(key));
  };
  for (const key of ['late', 'never', 'broken']) secondLook(key, look(key));
  await turns();
  const count = (key: string) => looks.filter((each) => each === key).length;
  expect([count('late'), count('never'), count('broken')]).toEqual([2, 4, 4]);
  secondLook('never', look('never'));
  await turns();
  expect(count('never')).toBe(8);
});

test('nothing is looked for once it is over', async () => {
  let looks = 0;
  const over = new AbortController();
  const secondLook = createSecondLook({ signal: over.signal, random: Math.random });
  secondLook('a', () => {
    looks += 1;
    return Promise.resolve(false);
  });
  over.abort();
  await turns();
  expect(looks).toBe(0);
});
