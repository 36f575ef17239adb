import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { hostileText } from '../../test/hostile-text.ts';
import { languageSamples } from '../../test/language-samples.ts';
import { runs } from '../../test/runs.ts';
import { sampleMessage } from '../../test/samples.ts';
import { createBoundary } from '../boundary/create-boundary.ts';
import { scrubOutbound } from './scrub-outbound.ts';

const scrub = (text: string) => scrubOutbound(text).text;
const someHash = `0x${'1a2b3c4d'.repeat(8)}`;
const letters = (length: number) => 'Ab3dEf6hIj9kLm2nOp5qRs8tUv1w'.repeat(20).slice(0, length);

describe('secrets by shape', () => {
  // Each with a break that is closed at run time, so that no scanner of sources takes a sample for a leak.
  const secrets: Record<string, [rule: string, secret: string]> = {
    openai: ['api key', `sk-~proj-${letters(48)}`],
    anthropic: ['api key', `sk-~ant-api03-${letters(90)}`],
    stripe: ['api key', `sk_~live_${letters(24)}`],
    google: ['api key', `AI~za${letters(35)}`],
    aws: ['api key', 'AK~IAABCDEFGH12345678'],
    github: ['access token', `gh~p_${letters(36)}`],
    githubFine: ['access token', `github_~pat_${letters(82)}`],
    gitlab: ['access token', `gl~pat-${letters(20)}`],
    slack: ['access token', `xo~xb-1234567890-${letters(24)}`],
    npm: ['access token', `np~m_${letters(36)}`],
    telegram: ['access token', `123456789:~AA${letters(33)}`],
    jwt: ['access token', `ey~J${letters(20)}.ey~J${letters(40)}.${letters(43)}`],
    extended: ['extended private key', `xp~rv${letters(107).replaceAll(/[0OIl]/g, 'x')}`],
    pem: ['private key', `-----BEGIN EC PRIVATE~ KEY-----\n${letters(64)}\n-----END EC PRIVATE~ KEY-----`],
  };

  it.each(Object.entries(secrets))('%s', (_name, [rule, broken]) => {
    const secret = broken.replaceAll('~', '');
    const { text, findings } = scrubOutbound(`Here it is: ${secret}, good luck.`);
    expect(text).toBe(`Here it is: [removed: ${rule}], good luck.`);
    expect(findings).toEqual([{ kind: 'secret', rule, count: 1 }]);
    expect(JSON.stringify(findings)).not.toContain(secret);
  });

  it('what stands beside a telling word', () => {
    expect(scrub(`Authorization: Bearer ${letters(40)}`)).toBe('Authorization: Bearer [removed: access token]');
    expect(scrub('postgres://me:hunter22@db/x')).toBe('postgres://me:[removed: password]@db/x');
    expect(scrub('OWS_PASSPHRASE or passphrase = correct-horse')).toBe(
      'OWS_PASSPHRASE or passphrase = [removed: password]',
    );
    expect(scrub(`seed phrase: ${'abandon '.repeat(11)}about.`)).toBe('seed phrase: [removed: seed phrase].');
  });

  it('addresses, signatures and ordinary words stay', () => {
    const plain = [
      'Send it to 0x52908400098527886E0F7030069857D2E4169EE7, please.',
      `0x${'ab'.repeat(65)}`,
      `0x${'ab'.repeat(20)}`,
      'The password is on the board. The secret: kindness. Password: required.',
      'See https://example.org/a:b@c and mail me at me@example.org.',
      'task-force-of-people-who-ask-questions',
    ];
    for (const text of plain) expect(scrubOutbound(text)).toEqual({ text, findings: [] });
  });
});

describe('scaffolding', () => {
  it('tokens of chat templates and blocks of reasoning go', () => {
    expect(scrub('<think>he is\na bot</think>\nHello!')).toBe('Hello!');
    expect(scrub('<|im_start|>assistant\nHello<|im_end|>')).toBe('assistant\nHello');
    expect(scrub('<s>[INST]Hi[/INST] Hello</s>')).toBe('Hi Hello');
    expect(scrub('<｜Assistant｜>Hello<end_of_turn>')).toBe('Hello');
    expect(scrub('rest of it</think>Hello')).toBe('rest of itHello');
  });

  it('a token does not come together from the pieces around another', () => {
    expect(scrub('<|im_<|x|>start|>')).toBe('');
    expect(scrub('<thi<think>nk>a')).toBe('a');
  });

  it('a deep nest of tokens is taken apart and costs little', () => {
    const out = scrub(`${'<|a'.repeat(10_000)}<|x|>${'b|>'.repeat(10_000)}`);
    expect(/<\|[^<>|]{1,64}\|>/.test(out)).toBe(false);
    expect(scrub(out) === out).toBe(true);
  });

  it('HTML for struck-out text stays', () => {
    expect(scrub('Price: <s>10</s> 8 euros')).toBe('Price: <s>10</s> 8 euros');
  });
});

it('a copied block loses its markers, gutter and marks', () => {
  const boundary = createBoundary({ mode: 'datamark', gutter: 'x7k2' });
  const { text } = boundary.wrap(sampleMessage({ text: 'Hello my friend', messageId: 'ab' }));
  const { gutter, mark } = boundary;
  const out = scrubOutbound(`You wrote:\n${text}`, { gutter, mark });
  expect(out.text).not.toMatch(/untrusted_xmtp_message|x7k2\||\p{Co}/u);
  expect(out.text).toContain('\nHello my friend\n');
  expect(out.findings).toEqual([
    { kind: 'marker', rule: 'block', count: 2 },
    { kind: 'marker', rule: 'mark', count: 2 },
    { kind: 'marker', rule: 'gutter', count: 1 },
  ]);
});

it('gutter and mark are what a boundary has', () => {
  expect(() => scrubOutbound('x', { gutter: '.*' })).toThrow(expect.objectContaining({ code: 'INVALID_GUTTER' }));
  expect(() => scrubOutbound('x', { mark: '.' })).toThrow(expect.objectContaining({ code: 'INVALID_MARK' }));
});

it('what a provider says of its failures is not sent', () => {
  const lines = [
    "Error code: 429 - {'error': {'message': 'Rate limit reached for gpt'}}",
    'openai.RateLimitError: too many',
    '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
    "This model's maximum context length is 8192 tokens.",
    'You exceeded your current quota, please check your plan.',
  ];
  for (const line of lines) {
    expect(scrubOutbound(`One moment.\n${line}\nHere you are.`)).toEqual({
      text: 'One moment.\n[removed: provider error]\nHere you are.',
      findings: [{ kind: 'provider-error', rule: 'provider error', count: 1 }],
    });
  }
});

it('each part can be left out', () => {
  const text = `<|x|> untrusted <untrusted_xmtp_message> private key ${someHash}\nRateLimitError: y`;
  const off = { scaffolding: false, markers: false, secrets: false, providerErrors: false };
  expect(scrubOutbound(text, off)).toEqual({ text, findings: [] });
  expect(scrubOutbound(text, { ...off, secrets: true }).findings.map(({ kind }) => kind)).toEqual(['secret']);
});

it.each(Object.entries(languageSamples))('ordinary text stays as it is: %s', (_name, text) => {
  expect(scrubOutbound(text)).toEqual({ text, findings: [] });
});

test.prop(
  [
    fc.oneof(
      hostileText,
      fc.constantFrom('<|a<|x|>b|>', '<thi<think>nk>', '</s></s>', '<untrusted_xmtp_message>x7k2| '),
    ),
  ],
  runs(500),
)('scrubbing again changes nothing', (text) => {
  const once = scrubOutbound(text, { gutter: 'x7k2' }).text;
  expect(scrubOutbound(once, { gutter: 'x7k2' }).text).toBe(once);
});
