import { waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import type { Address, SendRequest } from '../../src/index.ts';
import { type MakeStage, messageOf } from './types.ts';

const poll = {
  type: { authorityId: 'example.org', typeId: 'poll', versionMajor: 1, versionMinor: 0 },
  parameters: {},
  content: new Uint8Array(),
};

/** Sending, keys, names and the end. */
export function sendContract(make: MakeStage): void {
  test('a message is sent, and its recipient reads it', async () => {
    const { mailbox, alice } = await make();
    const result = await mailbox.send({ to: { address: alice.address }, text: 'hello' });
    expect(result).toEqual({
      status: 'sent',
      messageId: expect.stringMatching(/^[0-9a-f]{64}$/),
      conversationId: expect.stringMatching(/^[0-9a-f]{32}$/),
      replayed: false,
    });
    const capitals = `0x${alice.address.slice(2).toUpperCase()}` as const;
    const next = await mailbox.send({ to: { address: capitals }, text: '# hello', contentType: 'markdown' });
    expect(next.conversationId).toBe(result.conversationId);
    expect(await alice.read()).toEqual(['hello', '# hello']);
    expect(mailbox.status()).toMatchObject({
      outbox: { queued: 0, unsettled: 0, oldestUnsettledMs: null },
      directions: { sending: { state: 'ok' } },
    });
    expect(await mailbox.inbox.list()).toEqual([]);
  });

  test('an answer goes back to the conversation in which the question was', async () => {
    const { mailbox, alice, bob } = await make();
    const question = await messageOf(mailbox, await alice.write('question'));
    const { conversationId, messageId } = question;
    const answer = await mailbox.send({ to: { conversationId }, text: 'answer', replyTo: messageId });
    expect(answer.conversationId).toBe(conversationId);
    expect([await alice.read(), await bob.read()]).toEqual([['answer'], []]);
  });

  test('messages that are sent one after another arrive in that order', async () => {
    const { mailbox, alice } = await make();
    const to = { address: alice.address };
    const texts = Array.from({ length: 20 }, (_, index) => String(index));
    await mailbox.send({ to, text: 'first' });
    await Promise.all(texts.map((text) => mailbox.send({ to, text })));
    expect(await alice.read()).toEqual(['first', ...texts]);
  });

  test('a key means one message, whoever asks again and when', async () => {
    const { mailbox, alice } = await make();
    const request = { to: { address: alice.address }, text: 'once', idempotencyKey: 'key-1' };
    const [one, two] = await Promise.all([mailbox.send(request), mailbox.send({ ...request })]);
    expect([one.replayed, two]).toEqual([false, { ...one, replayed: true }]);
    expect(await mailbox.send({ ...request, contentType: 'text' })).toEqual({ ...one, replayed: true });
    await mailbox.send({ to: request.to, text: 'last' });
    expect(await alice.read()).toEqual(['once', 'last']);
  });

  test('a key that was used is known, one that came to nothing is free, and a file under a key is the same bytes', async () => {
    const { mailbox, alice } = await make();
    const file = { filename: 'a.txt', mimeType: 'text/plain', bytes: Buffer.from('hello') };
    expect([mailbox.hasKey('key-1'), mailbox.encryptFile(file, 'key-1')]).toEqual([
      false,
      mailbox.encryptFile(file, 'key-1'),
    ]);
    await mailbox.send({ to: { address: alice.address }, text: 'once', idempotencyKey: 'key-1' });
    expect([mailbox.hasKey('key-1'), mailbox.hasKey('key-2')]).toEqual([true, false]);
    const absent = { to: { address: `0x${'ee'.repeat(20)}` as const }, text: 'never', idempotencyKey: 'key-2' };
    await expect(mailbox.send(absent)).rejects.toMatchObject({ code: 'RECIPIENT_NOT_FOUND' });
    expect(mailbox.hasKey('key-2')).toBe(false);
  });

  test('a key of another request is a conflict', async () => {
    const { mailbox, alice, bob } = await make();
    const request = { to: { address: alice.address }, text: 'once', idempotencyKey: 'key-1' };
    await mailbox.send(request);
    const others = [
      { ...request, text: 'other' },
      { ...request, to: { address: bob.address } },
      { ...request, contentType: 'markdown' as const },
      { ...request, replyTo: 'ab'.repeat(32) },
    ];
    for (const other of others) {
      await expect(mailbox.send(other)).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT', retryable: false });
    }
    expect([await alice.read(), await bob.read()]).toEqual([['once'], []]);
  });

  test('content of any type is sent once under its key, and another under it is a conflict', async () => {
    const { mailbox, alice } = await make();
    const to = { address: alice.address };
    const content = {
      type: { authorityId: 'example.org', typeId: 'poll', versionMajor: 1, versionMinor: 2 },
      parameters: { question: 'Where?', kind: 'open' },
      fallback: 'a poll',
      content: Buffer.from([0, 1, 255]),
    };
    const request = { to, content, idempotencyKey: 'key-1' };
    const one = await mailbox.send(request);
    const reordered = { ...content, parameters: { kind: 'open', question: 'Where?' } };
    expect(await mailbox.send({ ...request, content: reordered })).toEqual({ ...one, replayed: true });
    const others: SendRequest[] = [
      { to, text: 'a poll', idempotencyKey: 'key-1' },
      { ...request, content: { ...content, content: Buffer.from([0, 1, 254]) } },
      { ...request, content: { ...content, fallback: 'another poll' } },
      { ...request, replyTo: 'ab'.repeat(32) },
    ];
    for (const other of others) {
      await expect(mailbox.send(other)).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    }
    expect(await mailbox.send({ to, content, replyTo: one.messageId })).toMatchObject({ status: 'sent' });
  });

  test('a request that cannot be meant is refused, and its key stays free', async () => {
    const { mailbox, alice } = await make();
    const right = { to: { address: alice.address }, text: 'hello', idempotencyKey: 'key-1' };
    const wrong: [string, Partial<SendRequest>][] = [
      ['MESSAGE_EMPTY', { text: '' }],
      ['MESSAGE_TOO_LARGE', { text: 'x'.repeat(1_000_001) }],
      ['INVALID_REQUEST', { to: { address: 'alice.eth' as Address } }],
      ['MESSAGE_TOO_LARGE', { text: undefined, content: { ...poll, content: Buffer.alloc(1_020_000) } }],
      ['INVALID_REQUEST', { content: poll }],
      ['INVALID_REQUEST', { text: undefined }],
      ['INVALID_REQUEST', { text: undefined, content: poll, contentType: 'text' }],
      ['INVALID_REQUEST', { text: undefined, content: { ...poll, type: undefined } }],
      ['INVALID_REQUEST', { text: undefined, content: { ...poll, compression: 1 } }],
      ['INVALID_REQUEST', { replyTo: 'x' }],
      ['INVALID_REQUEST', { idempotencyKey: '' }],
      ['CONVERSATION_NOT_FOUND', { to: { conversationId: 'ab'.repeat(16) } }],
      ['RECIPIENT_NOT_FOUND', { to: { address: `0x${'ee'.repeat(20)}` } }],
    ];
    for (const [code, part] of wrong) {
      await expect(mailbox.send({ ...right, ...part })).rejects.toMatchObject({ code, retryable: false });
    }
    expect(mailbox.status().outbox.queued).toBe(0);
    expect(await mailbox.send(right)).toMatchObject({ status: 'sent', replayed: false });
    expect(await alice.read()).toEqual(['hello']);
  });

  test('an outcome that is not known is said as such, keeps its key, and settles by itself', async () => {
    const { mailbox, alice, takeNothing, takeAgain } = await make({ sendDeadlineMs: 1_500 });
    const to = { address: alice.address };
    await mailbox.send({ to, text: 'first' });
    takeNothing();
    const request = { to, text: 'second', idempotencyKey: 'key-1' };
    const result = await mailbox.send(request);
    expect(result).toMatchObject({ status: 'unknown', replayed: false });
    expect(mailbox.status().outbox).toMatchObject({ queued: 1, unsettled: 1 });
    await waitFor(() => mailbox.status().directions.sending.state === 'failing');
    expect(await mailbox.send(request)).toEqual({ ...result, replayed: true });
    takeAgain();
    await waitFor(() => mailbox.status().outbox.queued === 0);
    expect(await mailbox.send(request)).toEqual({ ...result, status: 'sent', replayed: true });
    expect(await alice.read()).toEqual(['first', 'second']);
  });

  test('names keep what they meant, and a keyed name its first meaning', async () => {
    const { names } = (await make()).mailbox;
    const [one, two] = [`0x${'aB'.repeat(20)}`, `0x${'cd'.repeat(20)}`] as const;
    expect(names.last('bob.eth')).toBeNull();
    names.remember('bob.eth', one);
    const first = names.last('bob.eth')!;
    expect(first).toEqual({ address: one.toLowerCase(), since: expect.any(Number) });
    names.remember('bob.eth', one);
    expect(names.last('bob.eth')).toEqual(first);
    names.remember('bob.eth', two);
    expect(names.last('bob.eth')?.address).toBe(two);

    expect(names.keyed('key-1')).toBeNull();
    const meaning = { name: 'bob.eth', meaning: one };
    expect(names.bind('key-1', meaning)).toEqual(meaning);
    expect(names.bind('key-1', { ...meaning, meaning: two })).toEqual(meaning);
    names.release('key-1');
    expect(names.keyed('key-1')).toBeNull();
  });

  test('closed, it sends no more and says so; closing again changes nothing', async () => {
    const { mailbox, alice } = await make();
    const to = { address: alice.address };
    await mailbox.send({ to, text: 'last' });
    await Promise.all([mailbox.close(), mailbox.close()]);
    await mailbox.close();
    expect(mailbox.status().state).toBe('closed');
    await expect(mailbox.send({ to, text: 'late' })).rejects.toMatchObject({ code: 'CLOSED' });
    expect(await alice.read()).toEqual(['last']);
  });

  test('closing tells who waits what became of the message', async () => {
    const { mailbox, alice, takeNothing } = await make();
    const to = { address: alice.address };
    await mailbox.send({ to, text: 'first' });
    takeNothing();
    const sending = mailbox.send({ to, text: 'second', idempotencyKey: 'key-1' });
    await waitFor(() => mailbox.status().outbox.unsettled === 1);
    await mailbox.close({ timeoutMs: 0 });
    expect(await sending).toMatchObject({ status: 'unknown', replayed: false });
  });
}
