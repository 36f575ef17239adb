import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { createServer as createHttp2, type Http2Server } from 'node:http2';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { checkBudget, checkServer } from '../src/doctor/check-server.ts';
import { checkBudgetByNetwork } from '../src/doctor/check-budget-by-network.ts';
import { checkIdCli } from '../src/doctor/check-id-cli.ts';
import { checkHomeFolder, judgeSpace } from '../src/doctor/check-home-folder.ts';
import { checkMachine } from '../src/doctor/check-machine.ts';
import { checkClock, checkNetwork } from '../src/doctor/check-network.ts';
import type { Finding } from '../src/doctor/types.ts';
import { readStatus } from '../src/servers/read-status.ts';
import { createVault } from '../src/wallet/create-vault.ts';
import { run } from './run.ts';

let root: string;
let network: Http2Server;
let address: string;
let env: Record<string, string>;
const home = () => join(root, '.xmtp', address.toLowerCase());

beforeAll(async () => {
  root = await mkdtemp(join(await realpath(tmpdir()), 'xmtp-messaging-doctor-'));
  network = createHttp2((_request, response) => void response.end());
  await new Promise<void>((resolve) => network.listen(0, '127.0.0.1', resolve));
  env = {
    HOME: root,
    PATH: '/usr/bin:/bin',
    OWS_WALLET: 'bob',
    XMTP_ENV: 'local',
    XMTP_API_URL: url(network),
    PORT: '1',
  };
  address = (await createVault(root).create('bob')).evmAddress!;
  await mkdir(home(), { recursive: true, mode: 0o700 });
});
afterAll(async () => {
  network.close();
  await rm(root, { recursive: true, force: true });
});

const url = (server: { address(): unknown }) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** What `doctor --json` finds, `check: level`; with what is well left out. */
async function examine(more: Record<string, string> = {}, ...flags: string[]) {
  const { code, json } = await run(['doctor', '--json', ...flags], {
    cwd: root,
    env: { ...env, PORT: '49151', ...more },
  });
  const { groups } = json() as { groups: { findings: Finding[] }[] };
  const all = groups.flatMap(({ findings }) => findings);
  const bad = all.filter(({ level }) => level !== 'ok');
  for (const { next } of bad) expect(next).toMatch(/\S/u);
  return {
    code,
    all,
    bad: bad.map(({ check, level }) => `${check}: ${level}`),
    find: (check: string) => all.find((one) => one.check === check),
  };
}
/** The same of the home alone: without a signature, which takes half a second. */
const lookAtHome = async (fix = false) => await checkHomeFolder({ home: home(), status: null, fix });
const lookAtNetwork = async (more: Record<string, string>) =>
  await checkNetwork({ name: 'bob', env: { ...env, ...more }, fix: false });
const lookAtPort = async (port: number | string) => {
  const server = { name: 'bob', url: `http://127.0.0.1:${port}`, agent: null, address: null, token: null };
  return await checkServer(await readStatus(server));
};
const badOf = (findings: readonly Finding[]) =>
  findings.filter(({ level }) => level !== 'ok').map(({ check, level }) => `${check}: ${level}`);

// A wallet that ows makes has no passphrase, and id-cli is not installed here.
const usual = ['passphrase: warn', 'id-cli: warn'];

test('of what is well it says so, and ends with 0', async () => {
  const { code, bad, all } = await examine();
  expect({ code, bad }).toEqual({ code: 0, bad: usual });
  expect(all.map(({ check }) => check)).toEqual(
    expect.arrayContaining([
      'node',
      'glibc',
      'binding',
      'ows',
      'wallet',
      'network',
      'clock',
      'file-modes',
      'allowlist',
      'journal',
      'lock',
      'disk',
      'port',
    ]),
  );
});

test.each([
  ['a Node that is too old', { node: '22.17.9' }, 'node'],
  ['a glibc that is too old', { glibc: '2.31' }, 'glibc'],
  [
    'a binding that is not installed',
    {
      binding: () => {
        throw new Error('none');
      },
    },
    'binding',
  ],
  ['a platform without ows', { ows: null }, 'ows'],
])('%s fails', (_fault, planted, check) => {
  const facts = { node: '24.1.0', platform: 'linux', glibc: '2.36', binding: () => '/x', ows: '/y', ...planted };
  const bad = checkMachine(facts).filter(({ level }) => level !== 'ok');
  expect(bad).toMatchObject([{ check, level: 'fail' }]);
});

test('a wallet by another name, and one by none', async () => {
  expect((await examine({ OWS_WALLET: 'Bob' })).find('wallet')).toMatchObject({
    level: 'fail',
    message: expect.stringContaining('OWS_WALLET_NOT_FOUND'),
  });
  expect((await examine({ OWS_WALLET: '' })).find('wallet')).toMatchObject({
    level: 'fail',
    message: 'OWS_WALLET is not set.',
  });
});

test('a signing command that is wrong, and one that does not sign', async () => {
  expect((await examine({ OWS_COMMAND: '/nowhere/ows' })).find('wallet')?.message).toContain('OWS_CLI_NOT_FOUND');
  const command = join(root, 'locked-ows');
  const list = `ID:      00000000-0000-4000-8000-000000000000\nName:    bob\n  eip155:1 (ethereum) → ${address}\n`;
  await writeFile(
    command,
    `#!/bin/sh\ncase "$1" in wallet) cat <<'X'\n${list}X\n;; *) echo 'error: decryption failed: aead::Error' >&2; exit 1;; esac\n`,
    { mode: 0o700 },
  );
  const { code, find } = await examine({ OWS_COMMAND: command });
  expect({ code, found: find('passphrase') }).toMatchObject({
    code: 1,
    found: { level: 'fail', message: expect.stringContaining('OWS_BAD_CREDENTIAL') },
  });
  await writeFile(
    command,
    `#!/bin/sh\ncase "$1" in wallet) cat <<'X'\n${list}X\n;; *) echo 'error: policy denied: not today' >&2; exit 1;; esac\n`,
  );
  expect((await examine({ OWS_COMMAND: command })).find('passphrase')?.message).toContain('OWS_POLICY_DENIED');
  await rm(command);
});

test('a vault and a home that others can use; --fix takes that away', async () => {
  const vaultFile = join(root, '.ows/wallets', (await readdir(join(root, '.ows/wallets')))[0]!);
  await chmod(vaultFile, 0o644);
  await chmod(home(), 0o755);
  await writeFile(join(home(), 'boundary.key'), 'x', { mode: 0o644 });
  const { code, bad } = await examine();
  expect({ code, bad }).toEqual({
    code: 1,
    bad: ['vault-modes: fail', ...usual, 'file-modes: fail', 'file-modes: fail'],
  });
  const fixed = await examine({}, '--fix');
  expect(fixed.code).toBe(0);
  expect(fixed.all.filter((one) => one.fixed).map(({ check }) => check)).toEqual([
    'vault-modes',
    'file-modes',
    'file-modes',
  ]);
  expect((await stat(vaultFile)).mode & 0o077).toBe(0);
  expect((await examine()).bad).toEqual(usual);
  await rm(join(home(), 'boundary.key'));
});

test('a network that does not answer names the URL that was tried', async () => {
  const [found] = await lookAtNetwork({ XMTP_API_URL: 'http://127.0.0.1:1' });
  expect(found).toMatchObject({
    check: 'network',
    level: 'fail',
    message: expect.stringContaining('http://127.0.0.1:1 (ECONNREFUSED)'),
  });
  expect(badOf(await lookAtNetwork({ XMTP_ENV: 'mainnet', XMTP_API_URL: '' }))).toEqual(['network: fail']);
});

test('what has the port of the network and is none', async () => {
  const page = createServer((_request, response) => void response.end('Sign in'));
  await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void page.close());
  expect(badOf(await lookAtNetwork({ XMTP_API_URL: url(page) }))).toEqual(['network: fail']);
});

test.each([
  ['echo "doctor.xid.eth is not registered."', 'ok', ''],
  ['exit 1', 'fail', 'UPSTREAM_ERROR'],
  ['echo nonsense', 'fail', 'BAD_RESPONSE'],
  ['echo "doctor.xid.eth.base.xid.eth is not registered."', 'fail', 'UNSUPPORTED_BY_RESOLVER'],
])('an id-cli that does: %s', async (script, level, code) => {
  const folder = join(root, 'bin');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'id-cli'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const found = await checkIdCli({ env: { PATH: `${folder}:/usr/bin:/bin` } });
  expect(found).toMatchObject({ check: 'id-cli', level, message: expect.stringContaining(code) });
});

test('an id-cli that anybody may change, one that is set and not there, and none at all', async () => {
  const folder = join(root, 'open-bin');
  await mkdir(folder);
  await writeFile(join(folder, 'id-cli'), '#!/bin/sh\n', { mode: 0o755 });
  await chmod(folder, 0o777);
  const look = async (more: Record<string, string>) => (await checkIdCli({ env: more })).level;
  expect(await look({ PATH: folder })).toBe('fail');
  expect(await look({ ID_CLI_COMMAND: '[nonsense' })).toBe('fail');
  expect(await look({ PATH: '/nowhere' })).toBe('warn');
});

test.each([
  [0, 'ok'],
  [29_000, 'ok'],
  [-31_000, 'warn'],
  [301_000, 'fail'],
])('a clock that is %i ms off', (skew, level) => {
  expect(checkClock(1_000_000_000, 1_000_000_000 + skew)).toMatchObject({ check: 'clock', level });
});

test.each([
  [2e9, 'ok'],
  [5e8, 'warn'],
  [1e7, 'fail'],
])('a disk with %i bytes free', (free, level) => {
  expect(judgeSpace(free)).toMatchObject({ check: 'disk', level });
});

test.each([
  [7, 100, []],
  [8, 200, ['installations: warn', 'identity-updates: warn']],
  [10, 256, ['installations: fail', 'identity-updates: fail']],
])('%i installations and %i identity updates', (installations, updates, bad) => {
  const budget = { installations: { used: installations, limit: 10 }, identityUpdates: { used: updates, limit: 256 } };
  expect(checkBudget(budget).flatMap(({ check, level }) => (level === 'ok' ? [] : [`${check}: ${level}`]))).toEqual(
    bad,
  );
});

test('an allowlist that cannot be read, and a journal that is damaged', async () => {
  await writeFile(join(home(), 'allowlist.yaml'), '- address: nobody\n', { mode: 0o600 });
  await writeFile(join(home(), 'journal.db'), createHash('sha512').update('damage').digest(), { mode: 0o600 });
  const findings = await lookAtHome();
  expect(badOf(findings)).toEqual(['allowlist: fail', 'journal: fail']);
  expect(findings.find(({ check }) => check === 'allowlist')?.message).toContain('nobody is heard');
  for (const name of ['allowlist.yaml', 'journal.db']) await rm(join(home(), name));
});

test('a network that does not tell the budgets of an inbox that is not open', async () => {
  const parts = { network: 'local', inboxId: 'a', installationId: 'b', registeredAt: 1, pendingInstallationId: null };
  const state = { version: 1, address, ...parts, burnedInstallationIds: [] };
  await writeFile(join(home(), 'state.json'), JSON.stringify(state), { mode: 0o600 });
  const asked = await checkBudgetByNetwork({ env }, home());
  expect(badOf(asked)).toEqual(['installations: warn']);
  await rm(join(home(), 'state.json'));
  expect(await checkBudgetByNetwork({ env }, home())).toEqual([]);
});

test('a restore that was cut off, and what a killed backup left, which is no fault', async () => {
  await mkdir(`${home()}.restoring`, { mode: 0o700 });
  await mkdir(join(home(), '.backup-x'), { mode: 0o700 });
  expect(badOf(await lookAtHome())).toEqual(['restore: warn']);
  for (const path of [`${home()}.restoring`, join(home(), '.backup-x')]) await rm(path, { recursive: true });
});

test.each(['STALE_COPY', 'MOVED'])('a home that has ended: %s', async (code) => {
  const [inboxId, installationId] = ['a', 'b'];
  const parts = { network: 'local', inboxId, installationId, registeredAt: 1, pendingInstallationId: null };
  const state = { version: 2, address, ...parts, burnedInstallationIds: [], ended: { code, at: 1 } };
  await writeFile(join(home(), 'state.json'), JSON.stringify(state), { mode: 0o600 });
  expect(badOf(await lookAtHome())).toEqual(['home: fail']);
  await writeFile(join(home(), 'state.json'), JSON.stringify({ ...state, version: 3 }), { mode: 0o600 });
  expect(badOf(await lookAtHome())).toEqual(['home: fail']);
  await rm(join(home(), 'state.json'));
});

test('a mailbox that something holds without answering, and what a killed server left', async () => {
  const lock = new DatabaseSync(join(home(), 'lock'));
  await chmod(join(home(), 'lock'), 0o600);
  lock.exec('pragma journal_mode = memory; begin exclusive');
  expect(badOf(await lookAtHome())).toEqual(['lock: fail']);
  lock.close();
  const announced = JSON.stringify({ url: 'http://127.0.0.1:49151', wallet: 'bob' });
  await writeFile(join(home(), 'server.json'), announced, { mode: 0o600 });
  expect(badOf(await lookAtHome())).toEqual(['lock: warn']);
  expect((await lookAtHome(true)).find(({ check }) => check === 'lock')).toMatchObject({ fixed: true });
  expect(await readdir(home())).not.toContain('server.json');
});

test.each(['6000', '10080'])('port %s, which fetch refuses', async (port) => {
  expect(await lookAtPort(port)).toMatchObject([
    { check: 'port', level: 'fail', message: expect.stringContaining('refuse') },
  ]);
});

test('a port that something else has', async () => {
  const other = createServer((_request, response) => void response.end('hello'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const said = { check: 'port', level: 'fail', message: expect.stringContaining('Something else') };
  expect(await lookAtPort(port)).toMatchObject([said]);
});
