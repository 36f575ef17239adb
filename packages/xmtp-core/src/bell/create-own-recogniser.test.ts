import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { createOwnRecogniser } from './create-own-recogniser.ts';

const key = (fill: number) => new Uint8Array(32).fill(fill);
const data = Buffer.from('ciphertext');
const mark = (fill: number, text = data) => createHmac('sha256', key(fill)).update(text).digest();
const posted = (senderHmac: Uint8Array | null, part: Partial<{ data: Buffer | null; groupId: string }> = {}) => ({
  groupId: 'g',
  data,
  senderHmac,
  ...part,
});

/** A conversation whose keys are those of three neighbouring periods, as the SDK gives them. */
function setUp() {
  let time = 0;
  let asked = 0;
  let first = 1;
  const conversation = {
    markingKeys: () => {
      asked += 1;
      return { g: [key(first), key(first + 1), key(first + 2)] };
    },
  };
  const isOwn = createOwnRecogniser({ now: () => time });
  return {
    isOwn: (message: ReturnType<typeof posted>) => isOwn(conversation, message),
    asked: () => asked,
    pass: (ms: number) => {
      time += ms;
      first += 1;
    },
  };
}

test.each([1, 2, 3])('a mark of period %d is ours', (period) => {
  expect(setUp().isOwn(posted(mark(period)))).toBe(true);
});

test.each([
  ['of somebody else', posted(mark(9))],
  ['of another message', posted(mark(2, Buffer.from('other')))],
  ['in another group', posted(mark(2), { groupId: 'h' })],
  ['that is missing', posted(null)],
  ['of another length', posted(mark(2).subarray(1))],
  ['on a message that was cut', posted(mark(2), { data: null })],
])('a mark %s is not ours', (_, message) => {
  expect(setUp().isOwn(message)).toBe(false);
});

test('the keys are asked for once an hour, so a new period is known in time', () => {
  const { isOwn, asked, pass } = setUp();
  for (let turn = 0; turn < 5; turn += 1) isOwn(posted(mark(1)));
  expect([asked(), isOwn(posted(mark(4)))]).toEqual([1, false]);
  pass(3_600_000);
  expect([isOwn(posted(mark(4))), asked()]).toEqual([true, 2]);
});

test('keys that cannot be read make nothing ours', () => {
  const closed = {
    markingKeys() {
      throw new Error('Pool needs to reconnect before use');
    },
  };
  expect(createOwnRecogniser({ now: () => 0 })(closed, posted(mark(1)))).toBe(false);
});
