import { expect, test } from 'vitest';
import { mailboxFailure } from '../../test/mailbox-failure.ts';
import { createMemoryMailbox } from '../../test/memory-mailbox.ts';
import { createLoopGuard } from './loop-guard.ts';
import { sendReply } from './send-reply.ts';

const { signal } = new AbortController();

function setUp(limit = 5) {
  const mailbox = createMemoryMailbox();
  const loopGuard = createLoopGuard({ limit });
  const reply = (facts: Parameters<typeof mailbox.receive>[0] = {}) =>
    sendReply({ mailbox, loopGuard, message: mailbox.receive(facts), text: 'Hi', signal, random: () => 0 });
  return { mailbox, reply, loopGuard };
}

test('answers in the conversation under a key that comes from the message', async () => {
  const { mailbox, reply } = setUp();
  expect(await reply()).toEqual({ kind: 'accepted' });
  const id = '1'.padStart(64, '0');
  expect(mailbox.sends[0]).toMatchObject({
    to: { conversationId: 'c0'.repeat(16) },
    text: 'Hi',
    replyTo: undefined,
    idempotencyKey: `reply:${id}`,
  });
});

test('in a group it says whom it answers', async () => {
  const { mailbox, reply } = setUp();
  await reply({ conversationType: 'group' });
  expect(mailbox.sends[0]!.replyTo).toBe('1'.padStart(64, '0'));
});

test.each([
  ['IDEMPOTENCY_CONFLICT', { kind: 'answered-before' }],
  ['MESSAGE_TOO_LARGE', { kind: 'impossible', error: 'The database says MESSAGE_TOO_LARGE.' }],
  ['NOT_A_MEMBER', { kind: 'impossible', error: 'The database says NOT_A_MEMBER.' }],
  ['CLOSED', { kind: 'failed', error: 'The database says CLOSED.' }],
] as const)('%s', async (code, expected) => {
  const { mailbox, reply } = setUp();
  mailbox.onSend(() => Promise.reject(mailboxFailure(code)));
  expect(await reply()).toEqual(expected);
  expect(mailbox.sends).toHaveLength(1);
});

test('what may pass is tried again for a while', async () => {
  const { mailbox, reply } = setUp();
  mailbox.onSend(() =>
    mailbox.sends.length < 3
      ? Promise.reject(mailboxFailure('TOO_BUSY', true))
      : Promise.resolve({ status: 'unknown', messageId: 'a', conversationId: 'b', replayed: false }),
  );
  expect(await reply()).toEqual({ kind: 'accepted' });
});

test('only what was sent for the first time counts, and with a limit of none nothing is sent', async () => {
  const { mailbox, reply, loopGuard } = setUp(1);
  mailbox.onSend(() => Promise.reject(mailboxFailure('CLOSED')));
  await reply();
  mailbox.onSend(() => Promise.resolve({ status: 'sent', messageId: 'a', conversationId: 'b', replayed: true }));
  expect([await reply(), loopGuard.waitMs('c0'.repeat(16))]).toEqual([{ kind: 'answered-before' }, 0]);
  mailbox.onSend(() => Promise.resolve({ status: 'sent', messageId: 'a', conversationId: 'b', replayed: false }));
  expect(await reply()).toEqual({ kind: 'accepted' });
  expect(loopGuard.waitMs('c0'.repeat(16))).toBeGreaterThan(0);
  const off = setUp(0);
  expect([await off.reply(), off.mailbox.sends]).toEqual([{ kind: 'switched-off' }, []]);
});

test('what is scrubbed to nothing is not sent, and costs the conversation no reply', async () => {
  const mailbox = createMemoryMailbox();
  const loopGuard = createLoopGuard({ limit: 1 });
  const reply = (text: string) =>
    sendReply({
      mailbox,
      loopGuard,
      message: mailbox.receive({}),
      text,
      scrub: (words) => ({ text: words.replaceAll('secret', ''), scrubbed: [] }),
      signal,
    });
  expect([await reply('secret'), await reply('my secret.')]).toEqual([{ kind: 'scrubbed-away' }, { kind: 'accepted' }]);
  expect(mailbox.sends.map(({ text }) => text)).toEqual(['my .']);
});
