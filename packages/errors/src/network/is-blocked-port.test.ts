import { expect, test } from 'vitest';
import { isBlockedPort } from './is-blocked-port.ts';

/** Stands for the network: whatever fetch hands to it was not refused. */
const dispatcher = {
  dispatch: () => {
    throw new Error('dispatched');
  },
};

test('a port is blocked when the fetch of Node refuses it, and no other is', async () => {
  const refused: number[] = [];
  for (let port = 1; port < 11_000; port += 1) {
    const init = { dispatcher } as unknown as RequestInit;
    const error = await fetch(`http://127.0.0.1:${port}`, init).catch((why: Error) => why);
    if (String((error as Error).cause).includes('bad port')) refused.push(port);
  }
  expect(Array.from({ length: 10_999 }, (_, index) => index + 1).filter(isBlockedPort)).toEqual(refused);
});
