import { createHmac } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { watchPlace } from '@xmtp-messaging/errors/files';
import { temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { createTestMailbox } from '@xmtp-messaging/xmtp-core/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type AgentAnswer, startAgent as startReceiver } from '../../test/agent-server.ts';
import type { WakingOptions } from './start-waking.ts';
import { startWaking } from './start-waking.ts';

const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const mallory = `0x${'5e'.repeat(20)}` as const;
const bob = '0x0000000000000000000000000000000000000b0b';
const logged: object[] = [];
const logger = { warn: (fields: object) => logged.push(fields), error: (fields: object) => logged.push(fields) };

async function open(answer: (count: number) => AgentAnswer = () => ({}), home?: string) {
  const folder = home ?? (await temporaryDirectory());
  const receiver = await startReceiver((_, count) => answer(count));
  const mailbox = await createTestMailbox({
    admit: ({ senderAddresses }) =>
      senderAddresses.includes(bob) ? { admit: true, sender: 'allowlisted' } : { admit: false, reason: 'not-listed' },
  });
  onTestFinished(() => mailbox.close({ timeoutMs: 0 }));
  const start = async (
    more: Partial<WakingOptions['config']> = {},
    pace: WakingOptions['pace'] = { gatherMs: 1, everyMs: 1 },
  ) => {
    const waking = await startWaking({
      agent: { home: { path: folder, place: watchPlace(folder) }, mailbox } as unknown as WakingOptions['agent'],
      config: {
        knockWebhook: { url: `${receiver.url}/knocks`, secrets: [secret] },
        delivery: { retryBaseMs: 1, maxAttempts: 3 },
        ...more,
      },
      resolver: {
        reverse: (address) =>
          Promise.resolve({ name: 'mallory.eth', address, source: 'hosts', verified: address === mallory } as never),
      },
      logger: logger as unknown as WakingOptions['logger'],
      now: Date.now,
      random: () => 0,
      pace,
    });
    onTestFinished(() => waking.stop());
    return waking;
  };
  const told = () =>
    receiver.requests.map(({ body }) => JSON.parse(body) as { type: string; data: { knocks: { address: string }[] } });
  return { folder, receiver, mailbox, start, told };
}

test('the operator is told who knocks and how often, signed, and not what was said', async () => {
  const { start, mailbox, receiver, told } = await open();
  const waking = await start();
  await mailbox.post({ from: mallory, text: 'SECRET words' });
  await mailbox.post({ from: mallory, text: 'SECRET words' });
  waking.knocked();
  await waitFor(() => receiver.requests.length === 1, { timeoutMs: 5000, what: 'news' });
  const [{ headers, body }] = receiver.requests as [(typeof receiver.requests)[number]];
  expect(told()[0]).toMatchObject({
    type: 'knock.received',
    data: {
      knocks: [
        {
          kind: 'message',
          address: expect.stringMatching(/^0x5e/iu) as string,
          name: 'mallory.eth',
          count: 2,
          listed: false,
        },
      ],
      more: 0,
    },
  });
  expect(body).not.toContain('SECRET');
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = headers;
  const key = Buffer.alloc(24, 7);
  expect(signature).toBe(
    `v1,${createHmac('sha256', key)
      .update(`${String(id)}.${String(time)}.${body}`)
      .digest('base64')}`,
  );
});

test('a look that finds nothing holds up no knock that comes after it', async () => {
  const { start, mailbox, receiver } = await open();
  const waking = await start({}, { gatherMs: 1, everyMs: 3_600_000 });
  const looks = vi.spyOn(mailbox.inbox, 'knocks');
  waking.knocked();
  await waitFor(() => looks.mock.calls.length > 0, { timeoutMs: 5000, what: 'a look' });
  await mailbox.post({ from: mallory });
  waking.knocked();
  await waitFor(() => receiver.requests.length === 1, { timeoutMs: 5000, what: 'news' });
  expect(receiver.requests).toHaveLength(1);
});

test('a flood of strangers is one piece of news, with a few of them and the number of the others', async () => {
  const { start, mailbox, receiver, told } = await open();
  const waking = await start();
  for (let at = 0; at < 30; at += 1) {
    await mailbox.post({ from: `0x${'c'.repeat(38)}${String(at + 10)}` });
  }
  for (let rings = 0; rings < 1000; rings += 1) waking.knocked();
  await waitFor(() => receiver.requests.length === 1, { timeoutMs: 5000, what: 'news' });
  expect(told()[0]!.data).toMatchObject({ knocks: { length: 20 }, more: 10, total: { senders: 30 } });
  await mailbox.post({ from: mallory });
  waking.knocked();
  await waitFor(() => receiver.requests.length === 2, { timeoutMs: 5000, what: 'news' });
  expect(told()[1]!.data).toMatchObject({ knocks: [{ name: 'mallory.eth' }], more: 0 });
});

test('it is tried again under the same id, given up at last, and told with the next; nothing is told twice', async () => {
  const { start, mailbox, receiver, told, folder } = await open((count) => ({ status: count <= 4 ? 503 : 204 }));
  const waking = await start();
  await mailbox.post({ from: mallory });
  waking.knocked();
  await waitFor(() => logged.some((fields) => 'event' in fields && fields.event === 'knocks-not-told'), {
    timeoutMs: 5000,
    what: 'the end of trying',
  });
  expect(new Set(receiver.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(receiver.requests).toHaveLength(3);
  waking.knocked();
  await waitFor(() => receiver.requests.length === 5, { timeoutMs: 5000, what: 'news' });
  await waitFor(async () => (await readFile(join(folder, 'knocks.json'), 'utf8')).includes('message'), {
    timeoutMs: 5000,
  });
  await waking.stop();
  const again = await start();
  await mailbox.post({ from: `0x${'7c'.repeat(20)}` });
  again.knocked();
  await waitFor(() => receiver.requests.length === 6, { timeoutMs: 5000, what: 'news' });
  expect(told()[5]!.data.knocks.map(({ address }) => address.toLowerCase())).toEqual([`0x${'7c'.repeat(20)}`]);
});

test('what was there before is no news the first time, and 410 is the last word', async () => {
  const { start, mailbox, receiver } = await open(() => ({ status: 410 }));
  await mailbox.post({ from: mallory });
  const waking = await start();
  await mailbox.post({ from: `0x${'7c'.repeat(20)}` });
  waking.knocked();
  await waitFor(() => receiver.requests.length === 1, { timeoutMs: 5000, what: 'news' });
  expect(receiver.requests[0]!.body).not.toContain('5e5e');
  waking.knocked();
  await waking.stop();
  expect(receiver.requests).toHaveLength(1);
});

test('the signal file is there while mail is pending, holds a count alone, and is for its owner', async () => {
  const { start, mailbox, folder } = await open();
  const path = join(folder, 'inbox', 'pending');
  const says = async () => await readFile(path, 'utf8').catch(() => null);
  const is = async (text: string | null) =>
    await waitFor(async () => (await says()) === text, { timeoutMs: 5000, what: `the file to say ${text}` });
  await mailbox.receive({ from: bob, text: 'SECRET' });
  await start({ signalFile: true, knockWebhook: undefined });
  await is('1\n');
  const { messageId } = await mailbox.receive({ from: bob });
  await is('2\n');
  expect([(await stat(path)).mode & 0o777, (await stat(join(folder, 'inbox'))).mode & 0o777]).toEqual([0o600, 0o700]);
  for (const { messageId: each } of await mailbox.inbox.list()) mailbox.inbox.ack(each);
  await is(null);
  await mailbox.receive({ from: bob });
  await is('1\n');
  expect(messageId).toHaveLength(64);
});

test('it is not written where the home was before it was moved away, nor into what took its place', async () => {
  const above = await temporaryDirectory();
  const home = join(above, 'home');
  await mkdir(home);
  const { start, mailbox } = await open(() => ({}), home);
  const failed = () => logged.filter((fields) => 'event' in fields && fields.event === 'signal-file-not-written');
  const before = failed().length;
  await start({ signalFile: true, knockWebhook: undefined });
  await rename(home, `${home}-2`);
  await mailbox.receive({ from: bob });
  await waitFor(() => failed().length > before);
  expect(await readdir(above)).toEqual(['home-2']);
  await mkdir(home);
  await mailbox.receive({ from: bob });
  await rm(home, { recursive: true });
  await rename(`${home}-2`, home);
  await waitFor(() =>
    readFile(join(home, 'inbox', 'pending'), 'utf8').then(
      (text) => text === '2\n',
      () => false,
    ),
  );
});

test('a link in the place of its folder is not followed', async () => {
  const { start, mailbox, folder } = await open();
  const elsewhere = await temporaryDirectory();
  await mkdir(join(elsewhere, 'theirs'));
  await symlink(join(elsewhere, 'theirs'), join(folder, 'inbox'));
  await mailbox.receive({ from: bob });
  await start({ signalFile: true, knockWebhook: undefined });
  await waitFor(() => logged.some((fields) => 'event' in fields && fields.event === 'signal-file-not-written'), {
    timeoutMs: 5000,
    what: 'a warning',
  });
  await expect(stat(join(elsewhere, 'theirs', 'pending'))).rejects.toThrow('ENOENT');
});
