import { expect, test } from 'vitest';
import { parseOptions } from './parse-options.ts';

const names = ['send.c1', 'guard', 'growth'];
const parse = (...args: string[]) => parseOptions(args, names);

test('nothing said means everything, for people', () => {
  expect(parse()).toEqual({ only: [], output: 'table', minute: false, list: false, updateDocs: false, profile: false });
});

test('names come separated by commas, repeated, or both', () => {
  expect(parse('--only', 'guard, growth', '--only', 'send.c1', '--json')).toMatchObject({
    only: ['guard', 'growth', 'send.c1'],
    output: 'json',
  });
});

test.each([
  [['--only', 'guards'], 'There are: send.c1, guard, growth'],
  [['--only'], 'argument missing'],
  [['--fast'], 'unknown option'],
  [['guard'], 'too many arguments'],
  [['--json', '--markdown'], 'choose one'],
])('%j is refused with 2', (args, text) => {
  expect(parse(...args)).toEqual({ text: expect.stringContaining(text) as string, exitCode: 2 });
});

test('help ends with 0 and explains the exit codes', () => {
  expect(parse('--help')).toEqual({ text: expect.stringContaining('Ends with 0') as string, exitCode: 0 });
});
