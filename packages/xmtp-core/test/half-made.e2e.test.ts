import { waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import type { MailboxEvent } from '../src/index.ts';
import { open, received, startNetwork } from './stage.ts';

test.each(['address', 'conversation id'] as const)(
  'half-made DM: a failed creation is found and repaired before anything is sent into the void, by %s',
  async (by) => {
    const network = await startNetwork();
    const events: MailboxEvent[] = [];
    const [alice, bob] = await Promise.all([
      open(network.url, { onEvent: (event) => events.push(event), sendDeadlineMs: 4_000 }),
      open(network.url),
    ]);
    network.faults.set({ errors: [{ method: 'SendGroupMessages', code: 'UNAVAILABLE' }] });
    const address = { address: bob.address };
    await expect(alice.send({ to: address, text: 'lost' })).rejects.toMatchObject({ retryable: true });
    network.faults.clear();
    const halfMade = () => ({ conversationId: alice.client.conversations.listDms()[0]!.id });
    await waitFor(async () => {
      const result = await alice.send({ to: by === 'address' ? address : halfMade(), text: 'found' }).catch(() => null);
      return result?.status === 'sent';
    });
    const messages = await received(bob, 1);
    expect(messages.map(({ text }) => text)).toEqual(['found']);
    expect(events.map(({ name }) => name)).toContain('conversation-repaired');
  },
);
