import { describe, expect, it, test } from 'vitest';
import { scrubOutbound } from './scrub-outbound.ts';

const H = `0x${'1a2b3c4d'.repeat(8)}`;
const G = `0x${'e5f60718'.repeat(8)}`;
const letters = 'Ab3dEf6hIj9kLm2nOp5qRs8tUv1wXy4z';
const scrub = (text: string, known: readonly string[] = []) => scrubOutbound(text, { known }).text;

/** Answers of agents, each of which must leave as it was written. */
const answers: Record<string, string> = {
  bare: H,
  withoutPrefix: H.slice(2),
  done: `Done: ${H}`,
  sent: `Sent! ${H}`,
  receipt: `Receipt: ${H}`,
  parenthesised: `The swap went through (${H}).`,
  userOp: `userOp ${H}`,
  safe: `safeTxHash=${H}`,
  json: `{"safeTxHash":"${H}","uid":"${G}"}`,
  attestation: `attestation uid ${H}`,
  tx: `tx ${H}`,
  nextLine: `The payment is done:\n${H}`,
  table: `| step | hash |\n|---|---|\n| approve | ${H} |\n| swap | ${G} |`,
  columns: `approve\t${H}\nswap\t${G}`,
  list: `All three:\n1. ${H}\n2. ${G}\n3. ${H}`,
  explorer: `https://etherscan.io/tx/${H}`,
  sha: `sha256 ${H.slice(2)}  report.pdf`,
  inbox: `inbox ${H.slice(2)}, message id: ${G.slice(2)}`,
  storage: `storage slot ${H}, storage key ${G}`,
  topic: `topics: ["${H}", "${G}"]`,
  publicKey: `Its public key is ${H}`,
  signature: `signature 0x${'ab'.repeat(65)}`,
  calldata: `0xa9059cbb${'00'.repeat(64)}`,
  signed: `Signed with my key; the transaction is ${H}`,
  poolKey: `pool id ${H}`,
  address: 'Send it to 0x52908400098527886E0F7030069857D2E4169EE7, please.',
  tokenAddress:
    'token: 0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48\nFEE_TOKEN=USDC\nTOKEN=0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
  placeholder:
    'export OWS_PASSPHRASE="<your passphrase>"\nXMTP_API_TOKEN=$TOKEN\nAPI_KEY=your-key-here\nSECRET=xxxxxxxx\nDB_PASSWORD=...',
  advice: 'Set the password to something long. The secret: kindness. Password: required.',
  seedTalk: 'Never tell anybody your seed phrase, it is the only thing between them and your money.',
  quotedToken: 'print("<|im_start|>") shows the token; `<|im_end|>` ends it, and "[INST]" is from Llama.',
  fencedToken: 'Like this:\n```python\nprompt = "<|im_start|>user\\n" + text + "<|im_end|>"\n```\nIt runs.',
  markup: 'Use <b>bold</b>, Vec<u8>, Promise<User>, [x] done, [link](https://example.org), a < b, 5 $ <s>10</s> 8 $.',
  code: 'const key = items[index]; if (a[i] < b[j] && !seen.has(key)) return { key, value: map.get(key) };',
  pem: 'A PEM file starts with -----BEGIN PRIVATE KEY----- and goes on in base64.',
};

test.each(Object.entries(answers))('an answer that stays as it is: %s', (_name, text) => {
  expect(scrubOutbound(text)).toEqual({ text, findings: [] });
});

/** What must not leave; `~` parts each sample so that no scanner of sources takes it for a leak. */
const leaks: Record<string, [text: string, secret: string]> = {
  privateKey: [`my private key is ${H}`, H],
  keyEquals: [`key=${H}`, H],
  camelCase: [`{"privateKey": "${H}"}`, H],
  environment: [`PRIVATE_KEY=${H}`, H],
  nextLine: [`The private key:\n${H}`, H],
  fenced: [`Private key:\n\`\`\`\n${H}\n\`\`\``, H],
  after: [`${H} is the private key of the wallet`, H],
  secondOfList: [`private keys: ${G}, ${H}`, H],
  numberedList: [`keys:\n1. ${G}\n2. ${H}`, H],
  encryptionKey: [`encryption key ${H.slice(2)}`, H.slice(2)],
  passphrase: ['OWS_PASSPHRASE=swordfish', 'swordfish'],
  passphraseOfWords: ['OWS_PASSPHRASE="correct horse battery staple"', 'horse'],
  apiToken: ['XMTP_API_TOKEN=opensesame-opensesame', 'opensesame'],
  aws: [`aws_secret_access_key=~${letters}`, letters],
  webhook: [`wh~sec_${letters}`, letters],
  ows: [`ows_k~ey_${letters}`, letters],
  dotted: [`db.password: hunter2hunter2`, 'hunter2'],
  numberedSeed: [
    `Your seed phrase:\n${Array.from({ length: 12 }, (_, at) => `${at + 1}. abandon`).join('\n')}`,
    'abandon',
  ],
  brokenSeed: [`recovery phrase\n${'abandon ability\n'.repeat(6)}`, 'ability'],
  cutPem: [`-----BEGIN EC PRIVATE~ KEY-----\n${letters.repeat(2)}\n${letters.repeat(2)}`, letters],
  escapedPem: [`{"k":"-----BEGIN PRIVATE~ KEY-----\\n${letters}\\n-----END PRIVATE~ KEY-----"}`, letters],
};

test.each(Object.entries(leaks))('what does not leave: %s', (_name, [broken, secret]) => {
  const { text, findings } = scrubOutbound(broken.replaceAll('~', ''));
  expect(text).not.toContain(secret);
  expect(text).toContain('[removed: ');
  expect(findings.map(({ kind }) => kind)).toContain('secret');
});

describe('secrets of the program itself', () => {
  const token = 'tok/en+with=odd chars';
  const hook = `whsec_${Buffer.from('0123456789abcdefghijklmnop').toString('base64')}`;
  const key = 'c0ffee'.repeat(10) + 'beef';
  const known = [token, hook, key];
  const bytes = Buffer.from(token);
  const inside = (before: string) => Buffer.from(`${before}${token} and more`).toString('base64');
  const encodings: Record<string, string> = {
    raw: token,
    json: JSON.stringify({ token }),
    url: `https://example.org/?t=${encodeURIComponent(token)}`,
    hex: bytes.toString('hex'),
    upperHex: bytes.toString('hex').toUpperCase(),
    base64: bytes.toString('base64'),
    base64url: bytes.toString('base64url'),
    base64At0: inside(''),
    base64At1: inside('x'),
    base64At2: inside('xy'),
    webhook: hook,
    webhookBare: hook.slice(6),
    webhookHex: Buffer.from('0123456789abcdefghijklmnop').toString('hex'),
    key,
    keyUpper: key.toUpperCase(),
    keyBase64: Buffer.from(key, 'hex').toString('base64'),
  };

  it.each(Object.entries(encodings))('%s', (_name, text) => {
    expect(scrub(`Here: ${text}.`, known)).toContain('[removed: secret of this agent]');
  });

  it('go whether or not secrets are looked for by shape, and leave other text alone', () => {
    expect(scrubOutbound(`a ${token} b`, { known, secrets: false }).text).toBe('a [removed: secret of this agent] b');
    expect(scrub('ordinary words', known)).toBe('ordinary words');
    expect(scrub('a short one stays, and so does a password', ['a', '', 'password'])).toContain(
      'short one stays, and so does a password',
    );
  });
});

test('tokens of the model that the operator named go, but not where they are shown', () => {
  const options = { modelTokens: ['@@turn@@'] };
  expect(scrubOutbound('Hello@@turn@@', options).text).toBe('Hello');
  expect(scrubOutbound('It is `@@turn@@`, or "@@turn@@".', options).text).toBe('It is `@@turn@@`, or "@@turn@@".');
  expect(() => scrubOutbound('x', { modelTokens: ['a\\b'] })).toThrow(
    expect.objectContaining({ code: 'INVALID_TOKEN' }),
  );
});
