import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { agentVariables, layVariables } from './agent-variables.ts';

test('the later wins, also where one names the file of what the other says itself', () => {
  expect(layVariables({ A: '1', B: '1', C: undefined }, { B: '2' })).toEqual({ A: '1', B: '2' });
  const shell = { XMTP_API_TOKEN: 'of the shell', OWS_PASSPHRASE_FILE: '/shell' };
  expect(layVariables(shell, { XMTP_API_TOKEN_FILE: '/own', OWS_PASSPHRASE: 'own' })).toEqual({
    XMTP_API_TOKEN_FILE: '/own',
    OWS_PASSPHRASE: 'own',
  });
  // Both in one place is a fault of that place, and stays to be told.
  const both = { XMTP_API_TOKEN: 'a', XMTP_API_TOKEN_FILE: '/a' };
  expect(layVariables(both)).toEqual(both);
});

test('an agent inherits nothing of another, and its files say what is for servers alone', async () => {
  const folder = await temporaryDirectory();
  const [first, second] = [join(folder, 'first'), join(folder, 'second')];
  await writeFile(first, 'XMTP_ENV=dev\nLD_PRELOAD=/evil.so\nNODE_OPTIONS=--inspect\nPORT=1\nXMTP_LOG_LEVEL=warn\n');
  await writeFile(second, 'XMTP_ENV=local\nOWS_WALLET=own\n');
  const inherited = { OWS_WALLET: 'other', PORT: '2', XMTP_AGENT: 'x', XMTP_BASE_PATH: '/x', HOME: '/home' };
  const settings = { inherited: { ...inherited, XMTP_AGENTS_FILE: '/y' }, env: { XMTP_HOSTS_FILE: '/h' } };
  expect(await agentVariables({ ...settings, files: [first, second, join(folder, 'none')] })).toEqual({
    HOME: '/home',
    XMTP_HOSTS_FILE: '/h',
    XMTP_ENV: 'local',
    XMTP_LOG_LEVEL: 'warn',
    OWS_WALLET: 'own',
  });
});
