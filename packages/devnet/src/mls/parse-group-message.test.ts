import { describe, expect, test } from 'vitest';
import { createGroupMessage } from '../../test/payloads.ts';
import { parseGroupMessage } from './parse-group-message.ts';

const groupId = Uint8Array.from({ length: 16 }, (_, index) => index);
const privateMessage = createGroupMessage(groupId, 'commit');

test('a private message tells its conversation, epoch and kind', () => {
  expect(parseGroupMessage(privateMessage)).toEqual({
    groupId: Buffer.from(groupId),
    epoch: 0n,
    contentType: 'commit',
  });
});

test('a public message does too, whoever sent it', () => {
  for (const sender of [[1, 0, 0, 0, 5], [2, 0, 0, 0, 0], [3], [4]]) {
    const bytes = Uint8Array.from([0, 1, 0, 1, 2, 7, 7, 0, 0, 0, 0, 0, 0, 1, 0, ...sender, 0, 2, 99]);
    expect(parseGroupMessage(bytes)).toMatchObject({ epoch: 256n, contentType: 'proposal' });
  }
});

describe('refused', () => {
  const changed = (at: number, value: number) => {
    const bytes = Uint8Array.from(privateMessage);
    bytes[at] = value;
    return bytes;
  };
  test.each([
    { name: 'nothing', bytes: new Uint8Array(), words: /2 bytes expected at offset 0/ },
    { name: 'another version', bytes: changed(1, 2), words: /unknown MLS version 2/ },
    { name: 'a welcome', bytes: changed(3, 3), words: /wire format 3 is not a group message/ },
    {
      name: 'an empty group id',
      bytes: Uint8Array.from([0, 1, 0, 2, 0, ...Array(9).fill(1), 0, 0, 0]),
      words: /group id is empty/,
    },
    { name: 'another content type', bytes: changed(29, 9), words: /unknown content type 9/ },
    { name: 'a length of the reserved form', bytes: changed(4, 0xc0), words: /invalid vector length/ },
    { name: 'a length that is not minimal', bytes: Uint8Array.from([0, 1, 0, 2, 0x40, 1, 1]), words: /not minimal/ },
    { name: 'one byte less', bytes: privateMessage.subarray(0, -1), words: /bytes expected/ },
    { name: 'one byte more', bytes: Buffer.concat([privateMessage, Buffer.of(0)]), words: /1 bytes left over/ },
    {
      name: 'an unknown sender',
      bytes: Uint8Array.from([0, 1, 0, 1, 1, 7, ...Array(8).fill(0), 9]),
      words: /unknown sender type 9/,
    },
  ])('$name', ({ bytes, words }) => {
    expect(() => parseGroupMessage(bytes)).toThrow(words);
  });
});
