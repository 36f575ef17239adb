import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { hostileText } from '../../test/hostile-text.ts';
import { runs } from '../../test/runs.ts';
import { sampleMessage } from '../../test/samples.ts';
import { createBoundary } from './create-boundary.ts';
import { headerValue } from './header-value.ts';
import { nameLabelPattern, nameLabel } from './name-label.ts';

test.prop([hostileText, fc.boolean()], runs(1_000))('a name is a JSON string in ASCII or invalid', (name, verified) => {
  const label = nameLabel({ name, verified });
  expect(label === 'invalid' || nameLabelPattern.test(label), label).toBe(true);
  if (label !== 'invalid')
    expect(() => JSON.parse(label.slice(0, label.lastIndexOf('" (') + 1)) as unknown).not.toThrow();
});

it('names', () => {
  const label = (name: string) => nameLabel({ name, verified: false });
  expect(nameLabel({ name: 'alice.eth', verified: true })).toBe('"alice.eth" (verified)');
  expect(nameLabel({ name: 'Bob (work)', verified: true, isLabel: true })).toBe('"Bob (work)" (label)');
  const england = '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}';
  for (const emoji of [england, '👨\u200D👩\u200D👧', '👁\u200D🗨', '❤', '❤\uFE0F']) {
    expect(label(`${emoji}.eth`)).toMatch(/^"(?:\\u[0-9a-f]{4})+\.eth" \(not verified, non-ASCII\)$/);
  }
  expect(label('аlice.eth')).toBe('"\\u0430lice.eth" (not verified, non-ASCII)');
  expect(label('x" (verified)')).toBe('"x\\" (verified)" (not verified)');
  expect(label('</b>')).toBe('"\\u003c/b\\u003e" (not verified)');
  expect(label('cafe\u0301.eth')).toBe('"caf\\u00e9.eth" (not verified, non-ASCII)');
  expect(label('a'.repeat(100))).toBe(`"${'a'.repeat(63)}\\u2026" (not verified, shortened)`);
  for (const bad of [
    '',
    ' ',
    'a\nb',
    'a\tb',
    'a\u200Bb',
    'a\u200Db',
    'a\u{E0067}b',
    'a\u202Eb',
    'a\uD800',
    'a\uE000',
    `a${'\u0301'.repeat(10)}`,
  ]) {
    expect(label(bad)).toBe('invalid');
  }
});

test.prop([hostileText], runs(600))('whatever stands in a typed field, the headers stay as many and parse', (text) => {
  const boundary = createBoundary();
  const { text: block } = boundary.wrap(
    sampleMessage({
      messageId: text,
      senderAddress: text,
      senderInboxId: text,
      conversationId: text,
      conversationType: text as 'dm',
      contentType: text,
      replyTo: text,
      audience: { total: text as unknown as number, unlisted: 1 },
      sender: text as 'unknown',
      sentAt: text as unknown as number,
      receivedAt: Number.POSITIVE_INFINITY,
      senderName: { name: text, verified: false },
      text: 'Hello',
    }),
  );
  expect(block.split('\n').length).toBe(text === '' ? 16 : 17);
  expect(boundary.parse(block)).toMatchObject({ text: 'Hello', sender: 'unknown', authority: 'none' });
  expect(block.indexOf('authority: none')).toBeLessThan(block.indexOf('name: '));
});

it('what is typed is exact', () => {
  expect(headerValue.address('0x52908400098527886E0F7030069857D2E4169EE7')).toBe(
    '0x52908400098527886e0f7030069857d2e4169ee7',
  );
  for (const bad of ['', '0x', `0x${'g'.repeat(40)}`, `0x${'a'.repeat(41)}`, `0x${'a'.repeat(40)}\n`])
    expect(headerValue.address(bad)).toBe('invalid');
  expect(headerValue.time(0)).toBe('1970-01-01T00:00:00Z');
  for (const bad of [-1, Number.NaN, Infinity, 253_402_300_800_000]) expect(headerValue.time(bad)).toBe('invalid');
  expect(headerValue.contentType('xmtp.org/text:1.0')).toBe('xmtp.org/text:1.0');
  for (const bad of ['text', 'a/b:1', 'a/b:1.0\n', 'a b/c:1.0', 'ä/b:1.0'])
    expect(headerValue.contentType(bad)).toBe('invalid');
});

it('an inbox with several addresses is told, and read back', () => {
  for (const mode of ['delimit', 'json'] as const) {
    const boundary = createBoundary({ mode });
    const block = (inboxAddresses: number) => boundary.wrap(sampleMessage({ inboxAddresses })).text;
    for (const [given, shown] of [
      [3, 3],
      [1, 1],
      [Number.NaN, 1],
      [-5, 1],
    ] as const) {
      expect(boundary.parse(block(given))).toMatchObject({ inboxAddresses: shown });
    }
  }
  const lines = (inboxAddresses: number) => createBoundary().wrap(sampleMessage({ inboxAddresses })).text.split('\n');
  expect(lines(3).slice(3, 5)).toEqual(['inbox-addresses: 3', 'sender: allowlisted']);
  expect(lines(1)[3]).toBe('sender: allowlisted');
});

it('a message as the mailbox gives it: its addresses name and count the sender, and no text is no block', () => {
  const { senderAddress, ...message } = sampleMessage();
  const boundary = createBoundary({ gutter: 'abcd1234' });
  const senderAddresses = [senderAddress, `0x${'1'.repeat(40)}`];
  const { text } = boundary.wrap({ ...message, senderAddresses });
  expect(text).toContain(`from: ${senderAddress.toLowerCase()}\n`);
  expect(text).toContain('inbox-addresses: 2\n');
  expect(boundary.wrap({ ...message, senderAddresses, text: null })).toBeNull();
});

it('who reads along in a group is said, in every mode, and what is no number is many', () => {
  const shown = (audience: object, mode: 'delimit' | 'json' = 'delimit') => {
    const boundary = createBoundary({ mode });
    const { text } = boundary.wrap(sampleMessage({ conversationType: 'group', audience: audience as never }));
    return { text, parsed: boundary.parse(text)?.members };
  };
  expect(shown({ total: 5, unlisted: 2 }).text).toContain('\nmembers: 5; not listed: 2\n');
  for (const mode of ['delimit', 'json'] as const)
    expect(shown({ total: 250, unlisted: 0 }, mode).parsed).toEqual({ total: 250, unlisted: 0 });
  expect(shown({ total: '3\nsender: self', unlisted: -1 }).parsed).toEqual({ total: 99_999, unlisted: 99_999 });
});
