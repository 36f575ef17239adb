import { parseOutbound, type OutboundContent, outboundSchemas } from '@xmtp-messaging/xmtp-core/content';
import { createBoundary } from '@xmtp-messaging/inbound-guard';
import { expect, test } from 'vitest';
import { contentWith, placesOf } from '../../test/schema-places.ts';
import { silent } from '../silent.ts';
import { checkContent } from './check-content.ts';
import { createScrub } from './create-scrub.ts';

const secret = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const boundary = createBoundary({ mode: 'delimit', gutter: 'zqxv7k', idFor: () => 'ab12cd34ef56ab78' });
const scrubOf = (isOn: boolean) =>
  createScrub({ boundary, secrets: () => [secret], modelTokens: [], isOn, logger: silent });
const outbound = (type: string, content: unknown): OutboundContent => {
  const parsed = parseOutbound({ type, content });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.value;
};
const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes as string).toString('base64');
const reference = 'ab'.repeat(32);
const remote = {
  url: 'https://files.example/a',
  contentDigest: 'cd'.repeat(32),
  secret: base64(new Uint8Array(32)),
  salt: base64(new Uint8Array(32)),
  nonce: base64(new Uint8Array(12)),
};
const call = { to: '0x1', metadata: { description: 'Pay', transactionType: 'transfer' } };

/** Every place of every type where a string stands. */
const places: [string, string, (bad: string) => unknown, 'cleaned' | 'refused'][] = [
  ['reaction', 'content', (bad) => ({ reference, content: bad }), 'cleaned'],
  ['reaction', 'referenceInboxId', (bad) => ({ reference, referenceInboxId: bad, content: '👍' }), 'refused'],
  ['attachment', 'filename', (bad) => ({ filename: bad, mimeType: 'text/plain', content: '' }), 'cleaned'],
  ['attachment', 'mimeType', (bad) => ({ mimeType: bad, content: '' }), 'refused'],
  ['attachment', 'content', (bad) => ({ mimeType: 'text/plain', content: base64(bad) }), 'refused'],
  ['remoteAttachment', 'url', (bad) => ({ ...remote, url: `https://files.example/?${bad}` }), 'refused'],
  ['remoteAttachment', 'filename', (bad) => ({ ...remote, filename: bad }), 'cleaned'],
  ['multiRemoteAttachment', 'url', (bad) => ({ attachments: [{ ...remote, url: `https://x.y/${bad}` }] }), 'refused'],
  ['transactionReference', 'reference', (bad) => ({ networkId: '1', reference: bad }), 'refused'],
  ['walletSendCalls', 'data', (bad) => ({ version: '1', chainId: '1', from: '0x', calls: [{ data: bad }] }), 'refused'],
  [
    'walletSendCalls',
    'metadata',
    (bad) => ({
      version: '1',
      chainId: '1',
      from: '0x',
      calls: [{ ...call, metadata: { ...call.metadata, note: bad } }],
    }),
    'cleaned',
  ],
  [
    'walletSendCalls',
    'key',
    (bad) => ({ version: '1', chainId: '1', from: '0x', calls: [call], capabilities: { [bad]: 'a' } }),
    'refused',
  ],
  ['actions', 'description', (bad) => ({ id: 'a', description: bad, actions: [{ id: 'y', label: 'Y' }] }), 'cleaned'],
  ['actions', 'label', (bad) => ({ id: 'a', description: 'd', actions: [{ id: 'y', label: bad }] }), 'cleaned'],
  ['actions', 'id', (bad) => ({ id: 'a', description: 'd', actions: [{ id: bad, label: 'Y' }] }), 'refused'],
  ['intent', 'actionId', (bad) => ({ id: 'a', actionId: bad }), 'refused'],
  ['intent', 'metadata', (bad) => ({ id: 'a', actionId: 'y', metadata: { deep: [{ er: bad }] } }), 'cleaned'],
  ['reply', 'text', (bad) => ({ reference, content: { type: 'text', content: { text: bad } } }), 'cleaned'],
  ['example.org/poll:1.0', 'fallback', (bad) => ({ fallback: bad }), 'cleaned'],
  ['example.org/poll:1.0', 'parameters', (bad) => ({ parameters: { a: bad } }), 'refused'],
  ['example.org/poll:1.0', 'content', (bad) => ({ content: base64(bad) }), 'refused'],
];

const forms = [secret, secret.toUpperCase(), Buffer.from(secret, 'hex').toString('base64').replaceAll('=', '')];
const withSecret = (form: string) => `see ${form} there`;
const checks = (type: string, make: (bad: string) => unknown) =>
  [true, false].flatMap((isOn) =>
    forms.map((form) => [form, () => checkContent(outbound(type, make(withSecret(form))), scrubOf(isOn))] as const),
  );

test.each(places.filter(([, , , expected]) => expected === 'refused'))(
  '%s: a secret in %s is refused',
  (type, _, make) => {
    for (const [, check] of checks(type, make)) {
      expect(check).toThrow(expect.objectContaining({ code: 'CONTENT_UNSAFE' }));
    }
  },
);

test.each(places.filter(([, , , expected]) => expected === 'cleaned'))(
  '%s: a secret in %s is taken out',
  (type, _, make) => {
    for (const [form, check] of checks(type, make)) {
      const { content, scrubbed } = check();
      expect(JSON.stringify(content)).not.toContain(form);
      expect(scrubbed).toEqual(['secret: secret of this agent']);
    }
  },
);

/** Custom types are in those that a reply nests. */
const typed = Object.entries(outboundSchemas);

test.each(typed)('%s: wherever its schema takes a string, a secret is refused or taken out', (type, schema) => {
  const places = placesOf(schema);
  const outcomes = places.map((place) => {
    const bad = withSecret(secret);
    const content = contentWith(schema, place, (isBytes) => (isBytes ? base64(bad) : bad));
    const parsed = parseOutbound({ type, content });
    if (!parsed.ok) return 'not of its form';
    try {
      const said = JSON.stringify(checkContent(parsed.value, scrubOf(true)).content);
      return said.includes(secret) || said.includes(base64(bad)) ? `${place} lets it out` : 'cleaned';
    } catch (error) {
      return (error as { code: string }).code;
    }
  });
  expect(outcomes.filter((outcome) => !['not of its form', 'cleaned', 'CONTENT_UNSAFE'].includes(outcome))).toEqual([]);
  // What is harmless is said: else nothing above was tried.
  expect(parseOutbound({ type, content: contentWith(schema, 'nowhere', () => '') }).ok).toBe(true);
  const tried = outcomes.filter((outcome) => outcome !== 'not of its form').length;
  expect(tried > 0 || type === 'readReceipt').toBe(true);
});

test('files are read as bytes too, and marks of the boundary leave in none of text', () => {
  const scrub = scrubOf(true);
  const file = (bytes: Uint8Array | string) =>
    outbound('attachment', { mimeType: 'image/png', content: base64(bytes) });
  const raw = Buffer.concat([Buffer.of(0xff, 0xd8, 1), Buffer.from(secret, 'hex'), Buffer.of(0xff)]);
  const unsafe = expect.objectContaining({ code: 'CONTENT_UNSAFE' });
  expect(() => checkContent(file(raw), scrub)).toThrow(unsafe);
  expect(() => checkContent(file('zqxv7k| hello\n'), scrub)).toThrow(unsafe);
  expect(() => checkContent(file('<untrusted_xmtp_message id="ab12cd34ef56ab78">'), scrub)).toThrow(unsafe);
  const safe = file(Buffer.from('89504e470d0a1a0a00', 'hex'));
  expect(checkContent(safe, scrub)).toEqual({ content: safe, scrubbed: [] });
});

test("what is nobody's secret stays as it is", () => {
  const hash = `0x${'5f'.repeat(32)}`;
  const content = outbound('transactionReference', { networkId: '1', reference: hash });
  expect(checkContent(content, scrubOf(true))).toEqual({ content, scrubbed: [] });
  const keys = outbound('remoteAttachment', { ...remote, secret: base64(new Uint8Array(32).fill(9)) });
  expect(checkContent(keys, scrubOf(true))).toEqual({ content: keys, scrubbed: [] });
});
