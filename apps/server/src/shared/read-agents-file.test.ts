import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { parsePortEnvironment } from '../config/parse-port-environment.ts';
import { readAgentsFile } from './read-agents-file.ts';
import { startSharedServer } from './start-shared-server.ts';

const inherited = { HOME: '/home/a', XMTP_ENV: 'dev', OWS_WALLET: 'of-the-shell' };

async function file(content: unknown) {
  const folder = await temporaryDirectory();
  const path = join(folder, 'agents.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content), { mode: 0o600 });
  return { folder, path };
}

test('each agent starts from the environment, and its files are read at each start', async () => {
  const { folder, path } = await file('');
  const own = join(folder, '.env.ana');
  await writeFile(own, 'OWS_WALLET=ana-wallet\nXMTP_BASE_PATH=/agents/ana\n');
  const agents = [
    { name: 'ana', envFiles: [own] },
    { name: 'ben', env: { OWS_WALLET: 'ben-wallet', XMTP_ENV: 'local' } },
    { name: 'none' },
  ];
  await writeFile(path, JSON.stringify({ agents }));
  const [ana, ben, none] = readAgentsFile(path, { inherited });
  expect((await ana!.settings()).config).toMatchObject({ wallet: { name: 'ana-wallet' }, network: { env: 'dev' } });
  expect((await ben!.settings()).config).toMatchObject({ wallet: { name: 'ben-wallet' }, network: { env: 'local' } });
  await expect(none!.settings()).rejects.toMatchObject({ code: 'WALLET_UNSET' });
  await writeFile(own, 'OWS_WALLET=another\n');
  expect((await ana!.settings()).config.wallet.name).toBe('another');
});

test.each([
  ['{', 'the whole'],
  [{ agents: [] }, 'at least one'],
  [{ agents: [{ name: 'a', env: { OWS_PASSPHRASE: 7 } }] }, 'agents.0.env.OWS_PASSPHRASE'],
  [{ agents: [{ name: 'a', envFiles: ['relative'] }] }, 'absolute path'],
  [{ agents: [{ name: 'a', wallet: 'hunter2' }] }, 'agents.0'],
])('%j is refused with the place', async (content, place) => {
  const { path } = await file(content);
  expect(() => readAgentsFile(path, { inherited })).toThrow(place);
  expect(() => readAgentsFile(path, { inherited })).not.toThrow('hunter2');
});

test('a file that others can read is refused, and so is one that is not there', async () => {
  const { path } = await file({ agents: [{ name: 'a' }] });
  await chmod(path, 0o644);
  expect(() => readAgentsFile(path, { inherited })).toThrow('mode 0644');
  expect(readAgentsFile(path, { inherited, allowShared: true })).toHaveLength(1);
  expect(() => readAgentsFile(`${path}.none`, { inherited })).toThrow('ENOENT');
});

test('the port takes what is of the whole from the environment', async () => {
  const env = {
    HOME: '/home/a',
    XMTP_AGENTS_FILE: '/agents.json',
    PORT: '4200',
    HOST: '0.0.0.0',
    XMTP_METRICS: 'open',
  };
  expect(
    parsePortEnvironment({ ...env, XMTP_OPERATOR_TOKEN_FILE: '/token', XMTP_SHUTDOWN_TIMEOUT: '7' }),
  ).toMatchObject({
    config: {
      http: { host: '0.0.0.0', port: 4200, metrics: 'open', operatorTokenFile: { path: '/token' } },
      homeRoot: '/home/a/.xmtp',
      shutdownTimeoutMs: 7,
    },
    agentsFile: { path: '/agents.json', allowShared: false },
  });
  expect(() => parsePortEnvironment({ HOME: '/', PORT: '1' })).toThrow('XMTP_AGENTS_FILE');
  expect(() => parsePortEnvironment({ XMTP_AGENTS_FILE: '/a' })).toThrow('HOME');
  const several = { http: { host: '0.0.0.0', port: 0, operatorToken: 'password-password' }, homeRoot: '/', agents: [] };
  await expect(startSharedServer(several)).rejects.toThrow('XMTP_OPERATOR_TOKEN can be guessed');
  const both = { ...env, XMTP_OPERATOR_TOKEN: 'a-long-token-of-the-port-4u', XMTP_OPERATOR_TOKEN_FILE: '/b' };
  expect(() => parsePortEnvironment(both)).toThrow('both set');
});
