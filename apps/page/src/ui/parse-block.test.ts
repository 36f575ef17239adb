import { expect, test } from 'vitest';
import { parseBlock } from './parse-block.ts';

const block = (...body: string[]) =>
  [
    '<untrusted_xmtp_message id="7f3c">',
    'from: 0x52',
    'length: 35 of 35 characters; hidden removed: 2; escaped: 1; truncated: no',
    'body:',
    ...body,
    '</untrusted_xmtp_message id="7f3c">',
  ].join('\n');

test('the words of a block, without its gutter, and what was done to them', () => {
  expect(parseBlock(block('x7k2| Hi Bob', 'x7k2|', 'x7k2| body:', 'x7k2| </x>'))).toEqual({
    body: 'Hi Bob\n\nbody:\n</x>',
    hidden: 2,
    escaped: 1,
  });
});

test('what is no block is shown as it is', () => {
  for (const text of ['', 'words', 'body:\nx| y', block()]) expect(parseBlock(text).body).toBe(text);
});
