import { expect, test } from 'vitest';
import { closeMailbox, type WorkingParts } from './close-mailbox.ts';

/** Parts that note their end; that of `failing` fails. */
function setUp(failing?: string) {
  const ended: string[] = [];
  const end = (name: string) => () => {
    ended.push(name);
    if (name === failing) throw new Error(`${name} failed`);
  };
  const later = (name: string) => async () => end(name)();
  const parts: WorkingParts = {
    health: { close: end('health') },
    bell: { close: end('bell') },
    watch: { stop: end('watch') },
    retention: { stop: later('retention') },
    stopDelivery: later('delivery'),
    reconcile: { stop: later('reconcile') },
    outbox: { drain: later('drain'), stop: later('outbox') },
    stopInbox: end('inbox'),
    receiver: { idle: later('receiver') },
    copies: { stop: later('copies') },
    journal: { close: end('journal') },
    client: { release: end('client') },
    unlock: end('lock'),
  };
  return { ended, close: () => closeMailbox(parts, { timeoutMs: 100, atRest: end('rest') }) };
}

const inOrder =
  'health bell watch retention delivery reconcile drain outbox inbox receiver rest copies journal client lock'.split(
    ' ',
  );

test('what brings work ends first, then what works, then what is held', async () => {
  const { ended, close } = setUp();
  await close();
  expect(ended).toEqual(inOrder);
});

test.each(inOrder)('where the end of %s fails, everything else ends all the same, and it is told', async (name) => {
  const { ended, close } = setUp(name);
  await expect(close()).rejects.toThrow(`${name} failed`);
  expect(ended).toEqual(inOrder);
});
