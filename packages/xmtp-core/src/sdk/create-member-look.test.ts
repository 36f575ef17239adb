import { expect, test } from 'vitest';
import { createMemberLook } from './create-member-look.ts';

/** A network on which inboxes change, and a conversation that follows by its own looks alone. */
function setUp() {
  const newest = new Map([
    ['alice', 3n],
    ['bob', 5n],
  ]);
  const log: string[] = [];
  const control = { members: ['alice', 'bob'], isDown: false, refresh: async (): Promise<void> => undefined };
  const asked: string[][] = [];
  const look = createMemberLook(async (since) => {
    log.push('asked');
    asked.push([...since.keys()]);
    if (control.isDown) throw new Error('away');
    return new Map([...since].flatMap(([id, at]) => (newest.get(id)! > at ? [[id, newest.get(id)!] as const] : [])));
  });
  const conversation = {
    id: 'c',
    inboxIds: async () => control.members,
    async refresh() {
      log.push('refreshed');
      await control.refresh();
    },
  };
  const steps = async () => {
    const outcome = await look(conversation).catch((error: Error) => error.message);
    return [...log.splice(0), ...(outcome === undefined ? [] : [outcome])];
  };
  return { newest, control, steps, asked };
}

test('the SDK looks at first; once its look is known to have come after an answer, news alone make it look', async () => {
  const { newest, steps } = setUp();
  expect(await steps()).toEqual(['refreshed']);
  expect(await steps()).toEqual(['asked', 'refreshed']);
  expect(await steps()).toEqual(['asked']);
  newest.set('bob', 6n);
  expect(await steps()).toEqual(['asked', 'refreshed']);
  expect(await steps()).toEqual(['asked']);
});

test('news stay news until a look of the SDK has succeeded', async () => {
  const { newest, control, steps } = setUp();
  await steps();
  await steps();
  newest.set('bob', 6n);
  control.refresh = () => Promise.reject(new Error('no'));
  expect(await steps()).toEqual(['asked', 'refreshed', 'no']);
  control.refresh = () => Promise.resolve();
  expect(await steps()).toEqual(['asked', 'refreshed']);
});

test('without an answer the SDK looks itself, and nothing is taken for known', async () => {
  const { newest, control, steps } = setUp();
  await steps();
  await steps();
  newest.set('bob', 6n);
  control.isDown = true;
  expect(await steps()).toEqual(['asked', 'refreshed']);
  control.isDown = false;
  expect(await steps()).toEqual(['asked', 'refreshed']);
});

test('a look of the SDK that failed is made again, news or not', async () => {
  const { control, steps } = setUp();
  await steps();
  await steps();
  control.isDown = true;
  control.refresh = () => Promise.reject(new Error('no'));
  expect(await steps()).toEqual(['asked', 'refreshed', 'no']);
  control.isDown = false;
  control.refresh = () => Promise.resolve();
  expect(await steps()).toEqual(['asked', 'refreshed']);
  expect(await steps()).toEqual(['asked']);
});

test('who has joined is news, even with an inbox that has not changed since', async () => {
  const { newest, control, steps } = setUp();
  await steps();
  await steps();
  newest.set('carol', 1n);
  control.members = ['alice', 'bob', 'carol'];
  // The first question went out before the members were read.
  expect(await steps()).toEqual(['asked', 'asked', 'refreshed']);
  expect(await steps()).toEqual(['asked']);
});

test('who has left is asked for no more', async () => {
  const { newest, control, steps, asked } = setUp();
  await steps();
  await steps();
  control.members = ['alice'];
  newest.set('alice', 4n);
  expect(await steps()).toEqual(['asked', 'refreshed']);
  expect(await steps()).toEqual(['asked']);
  expect(asked.slice(-2)).toEqual([['alice', 'bob'], ['alice']]);
});
