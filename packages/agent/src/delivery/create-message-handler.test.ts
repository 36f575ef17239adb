import type { InboundMessage } from '@xmtp-messaging/xmtp-core';
import { createManualClock } from '@xmtp-messaging/testing';
import { createTestMailbox } from '@xmtp-messaging/xmtp-core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { sampleMessage } from '../../test/sample-message.ts';
import { createMessageHandler, type MessageHandler } from './create-message-handler.ts';
import { createLoopGuard } from './create-loop-guard.ts';
import type { Answer } from '../outbound/answer-saying.ts';
import type { ReplyOutcome } from '../outbound/send-reply.ts';

async function setUp(handler: MessageHandler, options: { outcomes?: ReplyOutcome[]; replyLimit?: number } = {}) {
  const clock = createManualClock();
  const mailbox = await createTestMailbox({ now: () => clock.now() });
  onTestFinished(() => mailbox.close({ timeoutMs: 0 }));
  const loopGuard = createLoopGuard({ limit: options.replyLimit ?? 20, now: () => clock.now() });
  const replies: [number, Answer][] = [];
  const counted: string[] = [];
  const errors: object[] = [];
  const handle = createMessageHandler(handler, {
    view: (message: InboundMessage) => sampleMessage({ id: message.messageId }),
    reply: (message, text, { ordinal }) => {
      replies.push([ordinal, text]);
      loopGuard.answered(message, JSON.stringify(text));
      return Promise.resolve(options.outcomes?.[ordinal - 1] ?? { kind: 'accepted' });
    },
    loopGuard,
    logger: { info: () => {}, warn: () => {}, error: (fields: object) => errors.push(fields) },
    metrics: { reply: (result) => counted.push(result) },
  });
  const deliver = async (text: string, signal = new AbortController().signal) =>
    handle(await mailbox.receive({ text }), { signal, attempt: 1 });
  return { clock, deliver, replies, counted, errors };
}

test('the handler sees the message inside its boundary, and never the raw text', async () => {
  const seen: unknown[] = [];
  const { deliver } = await setUp((message) => void seen.push(message.text));
  await deliver('raw words');
  expect(seen).toEqual([sampleMessage().text]);
});

test.each<[ReplyOutcome, unknown]>([
  [{ kind: 'accepted' }, undefined],
  [{ kind: 'answered-before' }, undefined],
  [{ kind: 'switched-off' }, undefined],
  [
    { kind: 'failed', error: 'busy' },
    { kind: 'failed', error: 'its reply was not sent: busy' },
  ],
  [
    { kind: 'impossible', error: 'too large' },
    { kind: 'dead', error: 'delivered, but its reply cannot be sent: too large' },
  ],
])('a reply that is %o, waited for or not, makes %o of the attempt', async (outcome, expected) => {
  for (const waits of [true, false]) {
    const { deliver, replies, counted } = await setUp(
      async (_, { reply }) => {
        const sending = reply('Hi');
        if (waits) await sending;
      },
      { outcomes: [outcome] },
    );
    expect(await deliver('?')).toEqual(expected);
    expect([replies, counted]).toEqual([[[1, 'Hi']], [outcome.kind]]);
  }
});

test('a handler that swallows the failure of its reply has not taken the message', async () => {
  const { deliver } = await setUp(async (_, { reply }) => void (await reply('Hi').catch(() => {})), {
    outcomes: [{ kind: 'failed', error: 'busy' }],
  });
  expect(await deliver('?')).toEqual({ kind: 'failed', error: 'its reply was not sent: busy' });
});

test('several answers are counted one by one', async () => {
  const { deliver, replies } = await setUp(async (_, { reply }) => {
    await reply('one');
    await reply('two');
  });
  await deliver('?');
  expect(replies).toEqual([
    [1, 'one'],
    [2, 'two'],
  ]);
});

test('what the handler says of the message stands, and what it throws is told to the log', async () => {
  const refused = { kind: 'refused', error: 'no', attempts: 3 } as const;
  const refusing = await setUp(() => refused);
  expect(await refusing.deliver('?')).toBe(refused);
  const broken = await setUp(() => {
    throw new TypeError('broken');
  });
  await expect(broken.deliver('?')).rejects.toThrow('broken');
  expect(broken.errors).toMatchObject([{ event: 'delivery-broken' }]);
});

test('what the loop guard holds back costs the agent nothing, and waits', async () => {
  let asked = 0;
  const { clock, deliver, counted } = await setUp(
    async (_, { reply }) => {
      asked += 1;
      await reply(`answer ${asked}`);
    },
    { replyLimit: 2 },
  );
  for (let turn = 0; turn < 2; turn += 1) {
    await deliver(`question ${turn}`);
    clock.advance(30_000);
  }
  expect(await deliver('question 2')).toMatchObject({ kind: 'postponed', waitMs: 540_000 });
  expect([asked, counted.at(-1)]).toEqual([2, 'held-back']);
  clock.advance(540_000);
  expect(await deliver('question 2')).toBeUndefined();
});

test('a loop ends as a dead letter that says why', async () => {
  const { deliver } = await setUp(async (_, { reply }) => void (await reply('You are welcome!')), { replyLimit: 2 });
  for (let turn = 0; turn < 2; turn += 1) await deliver('Thank you!');
  expect(await deliver('thank you!')).toMatchObject({ kind: 'dead', error: expect.stringContaining('repeats') });
});
