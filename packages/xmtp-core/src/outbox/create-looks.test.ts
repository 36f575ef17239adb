import { expect, test } from 'vitest';
import { createLooks } from './create-looks.ts';
import { createOutboundItem } from './create-outbound-item.ts';

const item = () =>
  createOutboundItem({
    rowId: null,
    idempotencyKey: null,
    isDurable: false,
    requestDigest: '',
    contentDigest: '',
    conversationId: '',
    content: null,
    messageId: null,
  });

/** Looks that take `ms` each, the first of which is over. */
async function setUp(ms: number) {
  let time = 0;
  let begun = 0;
  const looks = createLooks({
    clock: () => time,
    lookUp: async () => {
      begun += 1;
      time += ms;
      return null;
    },
  });
  await looks.next([item()]).look.failure;
  return { looks, begun: () => begun - 1, pass: (more: number) => (time += more) };
}

test('where the network is far, a look begins while others are published, once, and holds for those who waited', async () => {
  const { looks, begun } = await setUp(50);
  const [first, second, later] = [item(), item(), item()];
  looks.ahead([]);
  expect(begun()).toBe(0);
  looks.ahead([first, second]);
  looks.ahead([first, second, later]);
  expect(begun()).toBe(1);
  expect(looks.next([first, second, later]).count).toBe(2);
  expect(begun()).toBe(1);
  expect(looks.next([later]).count).toBe(1);
  expect(begun()).toBe(2);
});

test('who was not there when it began is not covered by it, wherever it stands', async () => {
  const { looks, begun } = await setUp(50);
  const [waited, put] = [item(), item()];
  looks.ahead([waited]);
  expect(looks.next([put, waited]).count).toBe(2);
  expect(begun()).toBe(2);
});

test('one begun too long ago is made again', async () => {
  const { looks, begun, pass } = await setUp(50);
  const waited = item();
  looks.ahead([waited]);
  pass(6_000);
  const { look } = looks.next([waited]);
  expect([begun(), look.isStale()]).toEqual([2, false]);
  pass(6_000);
  expect(look.isStale()).toBe(true);
});

test('where the network is near, nothing is looked for ahead', async () => {
  const { looks, begun } = await setUp(1);
  looks.ahead([item()]);
  expect(begun()).toBe(0);
});
