import { expect, test } from 'vitest';
import { parseOptions } from './parse-options.ts';

const known = { scenarios: ['1,000 messages', 'streams'], clients: ['node-sdk', 'agent-sdk'] };
const parse = (...args: string[]) => parseOptions(args, known);

test('everything without arguments; names may have commas, and may be given together or again', () => {
  expect(parse()).toMatchObject({ scenarios: [], clients: [], protocols: ['v3', 'd14n'], write: false });
  expect(parse('--only', '1,000 messages', '--only', 'streams', '--client', 'node-sdk,agent-sdk')).toMatchObject({
    scenarios: ['1,000 messages', 'streams'],
    clients: ['node-sdk', 'agent-sdk'],
  });
  expect(parse('--protocol', 'd14n', '--json')).toMatchObject({ protocols: ['d14n'], json: true });
});

test('what is unknown is refused with what there is, help is not an error, and a part is not written', () => {
  expect(parse('--only', 'rain')).toMatchObject({
    exitCode: 2,
    text: expect.stringContaining('There is no "rain". There are: 1,000 messages; streams.') as string,
  });
  expect(parse('--protocol', 'v4')).toMatchObject({ exitCode: 2 });
  expect(parse('--write', '--client', 'node-sdk')).toMatchObject({ exitCode: 2 });
  expect(parse('--help')).toMatchObject({ exitCode: 0, text: expect.stringContaining('Ends with 0') as string });
});
