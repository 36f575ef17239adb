import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { fc, test } from '@fast-check/vitest';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { parse } from 'dotenv';
import { expect } from 'vitest';
import { findWallet } from './find-wallet.ts';
import { renderEnvironment } from './render-environment.ts';

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 300);
const timeout = Math.max(30_000, numRuns * 10);

const piece = fc.oneof(
  fc.constantFrom('$', '`', '\\', '"', "'", '#', ' ', '=', '\n', ';', '&', '${X}', '\u2028', 'é', 'w'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const settings = fc.record({
  openMode: fc.boolean(),
  hears: fc.constantFrom(null, [], ['text' as const, 'reaction' as const]),
  wakes: fc.constantFrom(null, ['reply' as const]),
  groups: fc.constantFrom(null, 'off' as const, 'listed-groups' as const),
  mixedGroupAnswers: fc.constantFrom(null, true, false),
  knocks: fc.constantFrom(null, 'shown' as const),
  droppedDays: fc.option(fc.integer({ min: 0, max: 3_650 })),
  journalDays: fc.option(fc.integer({ min: 0, max: 3_650 })),
  messagesDays: fc.option(fc.integer({ min: 8, max: 3_650 })),
  strangerBytes: fc.option(fc.integer({ min: 10_000, max: 1_000_000 })),
  attachments: fc.constantFrom(null, 'images' as const),
  boundary: fc.constantFrom(null, 'json' as const, 'encode' as const),
  env: fc.constantFrom(null, 'dev' as const),
  for: fc.constant(null),
  mcp: fc.constant(null),
  workspace: fc.constant(null),
  apiUrl: fc.constantFrom(null, 'http://[::1]:1/?a=$B&c=`d`#e'),
  gatewayHost: fc.constant(null),
  hostsFile: fc.constantFrom(null, 'a folder/hosts $X.yaml', '/abs/hosts.yaml'),
  passphraseFile: fc.constantFrom(null, '../pass#1'),
  delivery: fc.constantFrom(
    null,
    { kind: 'rest-ap' as const, url: 'http://localhost:1/a' },
    { kind: 'webhook' as const, url: 'https://a.example/?x=1&y', secretFile: 'hook secret' },
  ),
  knockWebhook: fc.constantFrom(null, { url: 'https://ops.example/?x=$A&y', secretFile: 'knock secret' }),
  signalFile: fc.constantFrom(null, true, false),
  upload: fc.constantFrom(null, {
    url: 'https://s3.example/b/${X}/{digest}?a=$B&c',
    urlFile: null,
    publicUrl: null,
    headersFile: 'a folder/headers',
    s3: { keyId: 'AKID', secretFile: '/s3 secret', region: 'auto' },
    maxBytes: 7,
  }),
  port: fc.option(fc.integer({ min: 1, max: 65_535 })),
});
const place = { port: 4107, basePath: '/agents/bot', id: 'bot.0a1b2c3d' };

test.prop([fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')), settings], { numRuns })(
  'whatever wallet is accepted, the file says it, the settings and nothing else, to every reader',
  async (value, xmtp) => {
    const wallet = await findWallet('bot', { folder: '/nowhere', env: { OWS_WALLET: value } }).catch(() => null);
    if (!wallet?.found) return;
    const agent = { name: 'bot', description: null, skills: ['xmtp'], wallet: null, xmtp };
    const text = renderEnvironment(agent, { wallet: wallet.name, place, folder: '/team folder' });
    const { delivery } = xmtp;
    const expected = {
      OWS_WALLET: value,
      XMTP_OPEN_MODE: String(xmtp.openMode),
      ...(xmtp.boundary && { XMTP_BOUNDARY_MODE: xmtp.boundary }),
      ...(xmtp.hears && { XMTP_HEARS: xmtp.hears.join(' ') || 'none' }),
      ...(xmtp.wakes && { XMTP_WAKES: xmtp.wakes.join(' ') || 'none' }),
      ...(xmtp.groups && { XMTP_GROUPS: xmtp.groups }),
      ...(xmtp.mixedGroupAnswers !== null && { XMTP_MIXED_GROUP_ANSWERS: String(xmtp.mixedGroupAnswers) }),
      ...(xmtp.knocks && { XMTP_KNOCKS: xmtp.knocks }),
      ...(xmtp.droppedDays !== null && { XMTP_DROPPED_DAYS: String(xmtp.droppedDays) }),
      ...(xmtp.journalDays !== null && { XMTP_JOURNAL_DAYS: String(xmtp.journalDays) }),
      ...(xmtp.messagesDays !== null && { XMTP_MESSAGES_DAYS: String(xmtp.messagesDays) }),
      ...(xmtp.strangerBytes !== null && { XMTP_STRANGER_BYTES: String(xmtp.strangerBytes) }),
      ...(xmtp.attachments && { XMTP_ATTACHMENTS: xmtp.attachments }),
      ...(xmtp.env && { XMTP_ENV: xmtp.env }),
      ...(xmtp.apiUrl && { XMTP_API_URL: xmtp.apiUrl }),
      ...(xmtp.hostsFile && { XMTP_HOSTS_FILE: resolve('/team folder', xmtp.hostsFile) }),
      ...(xmtp.passphraseFile && { OWS_PASSPHRASE_FILE: '/pass#1' }),
      ...(delivery?.kind === 'rest-ap' && { XMTP_AGENT_URL: delivery.url }),
      ...(delivery?.kind === 'webhook' && {
        XMTP_WEBHOOK_URL: delivery.url,
        XMTP_WEBHOOK_SECRET_FILE: '/team folder/hook secret',
      }),
      ...(xmtp.knockWebhook && {
        XMTP_KNOCK_WEBHOOK_URL: xmtp.knockWebhook.url,
        XMTP_KNOCK_WEBHOOK_SECRET_FILE: '/team folder/knock secret',
      }),
      ...(xmtp.signalFile !== null && { XMTP_SIGNAL_FILE: String(xmtp.signalFile) }),
      ...(xmtp.upload && {
        XMTP_UPLOAD_URL: xmtp.upload.url,
        XMTP_UPLOAD_HEADERS_FILE: '/team folder/a folder/headers',
        XMTP_UPLOAD_S3_KEY_ID: 'AKID',
        XMTP_UPLOAD_S3_SECRET_FILE: '/s3 secret',
        XMTP_UPLOAD_S3_REGION: 'auto',
        XMTP_UPLOAD_MAX: '7',
      }),
      XMTP_AGENT: place.id,
      XMTP_BASE_PATH: place.basePath,
      PORT: '4107',
    };
    expect(parseEnv(text)).toEqual(expected);
    expect(parse(text)).toEqual(expected);
  },
  timeout,
);

test.prop([fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''))], { numRuns: 50 })(
  'no .env text makes the search fail without a code',
  async (text) => {
    const folder = await temporaryDirectory();
    await writeFile(join(folder, '.env'), `OWS_WALLET=${text}`);
    await findWallet('bot', { folder, env: {} }).catch((error: unknown) => {
      // A file with NUL bytes is no text, whatever stands beside them.
      expect(error).toMatchObject({ code: text.includes('\0') ? 'ENV_UNREADABLE' : 'WALLET_INVALID' });
    });
  },
);
