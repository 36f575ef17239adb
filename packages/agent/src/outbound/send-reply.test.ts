import { createTestMailbox, type TestMessage } from '@xmtp-messaging/xmtp-core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { mailboxFailure } from '../../test/mailbox-failure.ts';
import { createLoopGuard } from '../delivery/create-loop-guard.ts';
import { sendReply } from './send-reply.ts';

const { signal } = new AbortController();

async function setUp(limit = 5) {
  const mailbox = await createTestMailbox();
  onTestFinished(() => mailbox.close({ timeoutMs: 0 }));
  const loopGuard = createLoopGuard({ limit });
  const reply = async (facts: TestMessage = {}) =>
    sendReply({
      mailbox,
      loopGuard,
      message: await mailbox.receive(facts),
      answer: 'Hi',
      findAudience: null,
      signal,
      random: () => 0,
    });
  return { mailbox, reply, loopGuard };
}

test('answers in the conversation under a key that comes from the message', async () => {
  const { mailbox, reply } = await setUp();
  expect(await reply()).toEqual({ kind: 'accepted' });
  const [{ messageId, conversationId } = {}] = await mailbox.inbox.list();
  expect(mailbox.sends[0]).toMatchObject({
    to: { conversationId },
    text: 'Hi',
    replyTo: undefined,
    idempotencyKey: `reply:${messageId}`,
  });
});

test('in a group it says whom it answers', async () => {
  const { mailbox, reply } = await setUp();
  await reply({ group: 'friends' });
  const [message] = await mailbox.inbox.list();
  expect(mailbox.sends[0]!.replyTo).toBe(message!.messageId);
});

test.each([
  ['IDEMPOTENCY_CONFLICT', { kind: 'answered-before' }],
  ['MESSAGE_TOO_LARGE', { kind: 'impossible', error: 'The database says MESSAGE_TOO_LARGE.' }],
  ['NOT_A_MEMBER', { kind: 'impossible', error: 'The database says NOT_A_MEMBER.' }],
  ['CLOSED', { kind: 'failed', error: 'The database says CLOSED.' }],
] as const)('%s', async (code, expected) => {
  const { mailbox, reply } = await setUp();
  mailbox.answerSends(() => Promise.reject(mailboxFailure(code)));
  expect(await reply()).toEqual(expected);
  expect(mailbox.sends).toHaveLength(1);
});

test('what may pass is tried again for a while', async () => {
  const { mailbox, reply } = await setUp();
  mailbox.answerSends(() =>
    mailbox.sends.length < 3
      ? Promise.reject(mailboxFailure('TOO_BUSY', true))
      : Promise.resolve({ status: 'unknown', messageId: 'a', conversationId: 'b', replayed: false }),
  );
  expect(await reply()).toEqual({ kind: 'accepted' });
});

test('only what was sent for the first time counts, and with a limit of none nothing is sent', async () => {
  const { mailbox, reply, loopGuard } = await setUp(1);
  mailbox.answerSends(() => Promise.reject(mailboxFailure('CLOSED')));
  await reply();
  const { conversationId } = (await mailbox.inbox.list())[0]!;
  mailbox.answerSends(() => Promise.resolve({ status: 'sent', messageId: 'a', conversationId: 'b', replayed: true }));
  expect([await reply(), loopGuard.waitMs(conversationId)]).toEqual([{ kind: 'answered-before' }, 0]);
  mailbox.answerSends(null);
  expect(await reply()).toEqual({ kind: 'accepted' });
  expect(loopGuard.waitMs(conversationId)).toBeGreaterThan(0);
  const off = await setUp(0);
  expect([await off.reply(), off.mailbox.sends]).toEqual([{ kind: 'switched-off' }, []]);
});

test('what is scrubbed to nothing is not sent, and costs the conversation no reply', async () => {
  const mailbox = await createTestMailbox();
  onTestFinished(() => mailbox.close({ timeoutMs: 0 }));
  const loopGuard = createLoopGuard({ limit: 1 });
  const looked: string[] = [];
  const scrub = (words: string) => {
    looked.push(words);
    return { text: words.replaceAll('secret', ''), scrubbed: [] };
  };
  const reply = async (text: string) =>
    sendReply({
      mailbox,
      loopGuard,
      message: await mailbox.receive(),
      answer: text,
      scrub: Object.assign(scrub, { find: () => [] }),
      findAudience: null,
      signal,
    });
  expect([await reply('secret'), await reply('my secret.')]).toEqual([{ kind: 'scrubbed-away' }, { kind: 'accepted' }]);
  // Once each: what is found is told in the log.
  expect(looked).toEqual(['secret', 'my secret.']);
  expect(await reply(' \n')).toEqual({ kind: 'scrubbed-away' });
  expect(mailbox.sends.map(({ text }) => text)).toEqual(['my .']);
});
