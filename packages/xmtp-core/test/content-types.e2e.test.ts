import { waitFor } from '@xmtp-messaging/testing';
import { Agent } from '@xmtp/agent-sdk';
import * as bindings from '@xmtp/node-bindings';
import { expect, onTestFinished, test } from 'vitest';
import { type OutboundContent, parseOutbound } from '../src/content/index.ts';
import { decryptAttachment, encodeOutbound, encryptAttachment } from '../src/index.ts';
import type { Address } from '../src/types.ts';
import { createPerson, open, openSdkClient, startNetwork } from './stage.ts';

const reference = 'ab'.repeat(32);
const data = Buffer.from('hello');
const bytes = (length: number, value: number) => new Uint8Array(length).fill(value);
const base64 = (value: Uint8Array) => Buffer.from(value).toString('base64');
const keys = { contentDigest: 'cd'.repeat(32), secret: bytes(32, 1), salt: bytes(32, 2), nonce: bytes(12, 3) };
const remote = { url: 'https://files.example/a', scheme: 'https', contentLength: 44, filename: 'a.png' };
const asGiven = (file: typeof keys & typeof remote) => ({
  ...file,
  secret: base64(file.secret),
  salt: base64(file.salt),
  nonce: base64(file.nonce),
});
const file = { ...remote, ...keys };
const transaction = {
  namespace: 'eip155',
  networkId: '0x1',
  reference: '0xabc',
  metadata: {
    transactionType: 'transfer',
    currency: 'USDC',
    amount: 1.5,
    decimals: 6,
    fromAddress: '0x1',
    toAddress: '0x2',
  },
};
const calls = {
  version: '1.0',
  chainId: '0x1',
  from: '0x1',
  calls: [{ to: '0x2', data: '0x', value: '0x0', metadata: { description: 'Pay', transactionType: 'transfer' } }],
};
const actions = {
  id: 'a',
  description: 'Sure?',
  actions: [
    { id: 'y', label: 'Yes', style: 'primary' },
    { id: 'n', label: 'No', style: 'danger', expiresAtNs: '1700000000123000000' },
  ],
};
const intent = { id: 'a', actionId: 'y', metadata: { deep: [1, 'x'] } };

/** The SDK's enums are numbers that type stripping cannot read. */
const sdk = bindings as unknown as Record<`encode${string}`, (content: unknown) => bindings.EncodedContent>;

/** A row a type: what is given, what clients of the SDK read, and what its own encoder writes. */
const rows: [string, unknown, unknown, (() => bindings.EncodedContent)?][] = [
  ['text', { text: 'hé' }, 'hé', () => sdk.encodeText!('hé')],
  ['markdown', { markdown: '# hé' }, '# hé', () => sdk.encodeMarkdown!('# hé')],
  [
    'reaction',
    { reference, content: '👀' },
    { reference, content: '👀', action: 1, schema: 1 },
    () => sdk.encodeReaction!({ reference, referenceInboxId: '', action: 1, content: '👀', schema: 1 }),
  ],
  [
    'reaction',
    { reference, referenceInboxId: 'cc', action: 'removed', content: ':eyes:', schema: 'shortcode' },
    { reference, referenceInboxId: 'cc', content: ':eyes:', action: 2, schema: 2 },
    () => sdk.encodeReaction!({ reference, referenceInboxId: 'cc', action: 2, content: ':eyes:', schema: 2 }),
  ],
  ['readReceipt', {}, {}, () => sdk.encodeReadReceipt!({})],
  [
    'attachment',
    { filename: 'a.txt', mimeType: 'text/plain', content: base64(data) },
    { filename: 'a.txt', mimeType: 'text/plain', content: new Uint8Array(data) },
    () => sdk.encodeAttachment!({ filename: 'a.txt', mimeType: 'text/plain', content: data }),
  ],
  ['remoteAttachment', asGiven(file), file, () => sdk.encodeRemoteAttachment!(file)],
  [
    'multiRemoteAttachment',
    { attachments: [asGiven(file), asGiven(file)] },
    { attachments: [file, file] },
    () => sdk.encodeMultiRemoteAttachment!({ attachments: [file, file] }),
  ],
  ['transactionReference', transaction, transaction, () => sdk.encodeTransactionReference!(transaction)],
  ['walletSendCalls', calls, calls, () => sdk.encodeWalletSendCalls!(calls)],
  [
    'actions',
    actions,
    { id: 'a', description: 'Sure?' },
    () =>
      sdk.encodeActions!({
        ...actions,
        actions: [
          { id: 'y', label: 'Yes', style: 0 },
          { id: 'n', label: 'No', style: 2, expiresAtNs: 1_700_000_000_123_000_000n },
        ],
      }),
  ],
  ['intent', intent, intent, () => sdk.encodeIntent!(intent)],
  [
    'reply',
    { reference, content: { type: 'markdown', content: { markdown: '*yes*' } } },
    { referenceId: reference, content: '*yes*' },
  ],
  [
    'reply',
    { reference, content: { type: 'text', content: { text: 'yes' } } },
    { referenceId: reference, content: 'yes' },
  ],
];

const outbound = (type: string, content: unknown): OutboundContent => {
  const parsed = parseOutbound({ type, content });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
};

test('our encoders write what those of the SDK write', () => {
  // Replies have no encoder there.
  const pairs = rows.flatMap(([type, given, , encode]) => (encode === undefined ? [] : [{ type, given, encode }]));
  for (const { type, given, encode } of pairs) {
    const ours = encodeOutbound(outbound(type, given));
    const theirs = encode();
    const facts = ({ content, ...rest }: typeof theirs) => ({ ...rest, bytes: Buffer.from(content).toString('hex') });
    expect([type, facts(ours as typeof theirs)]).toEqual([type, facts(theirs)]);
  }
});

test('files are encrypted and read as the SDK does', () => {
  const attachment = { filename: 'a.txt', mimeType: 'text/plain', content: data };
  const theirs = bindings.encryptAttachment(attachment);
  expect(decryptAttachment(theirs.payload, theirs)).toMatchObject({ ok: true, content: { content: data } });
  const ours = encryptAttachment(bindings.encodeAttachment(attachment), bytes(32, 7));
  const read = bindings.decryptAttachment(ours.payload, { ...ours, url: '', scheme: 'https' });
  expect(Buffer.from(read.content)).toEqual(data);
});

test('every type that is sent is read by a bare client of the SDK and by an agent of the agent SDK', async () => {
  const { url } = await startNetwork();
  const alice = await open(url);
  const [bobPerson, botPerson] = [createPerson(), createPerson()];
  const [bob, bot] = [await openSdkClient(url, bobPerson), await openSdkClient(url, botPerson)];
  const heard = new Map<string, unknown>();
  const agent = new Agent({ client: bot });
  agent.on('message', ({ message }) => void heard.set(message.id, message.content));
  await agent.start();
  onTestFinished(() => agent.stop());
  const custom = {
    type: { authorityId: 'example.org', typeId: 'poll', versionMajor: 1, versionMinor: 2 },
    parameters: { a: 'b' },
    fallback: 'a poll',
    content: data,
  };
  const sent: [string, unknown, string, string][] = [];
  const to = (person: { address: string }) => ({ address: person.address as Address });
  for (const [type, given, expected] of [...rows, ['custom', null, undefined] as const]) {
    const content = type === 'custom' ? custom : encodeOutbound(outbound(type, given));
    const [atBob, atBot] = [
      await alice.send({ to: to(bobPerson), content }),
      await alice.send({ to: to(botPerson), content }),
    ];
    expect([type, atBob.status, atBot.status]).toEqual([type, 'sent', 'sent']);
    sent.push([type, expected, atBob.messageId, atBot.messageId]);
  }
  await bob.conversations.syncAll();
  await waitFor(() => heard.size >= 10, { what: 'the agent to hear' });
  await bot.conversations.syncAll();
  for (const [type, expected, atBob, atBot] of sent) {
    const bare = bob.conversations.getMessageById(atBob);
    const agents = bot.conversations.getMessageById(atBot);
    expect([type, bare?.content]).toMatchObject([type, expected]);
    expect(agents?.content).toEqual(bare?.content);
    expect([type, bare?.fallback]).toEqual([type, agents?.fallback]);
  }
});
