import { sourceFlags } from '@xmtp-messaging/testing/source-flags';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { writeFakeIdCli } from './fake-id-cli.ts';
import { idCliAddress, infoJson } from './id-cli-output.ts';
import { profile, startWeb3Bio } from './web3bio-stand-in.ts';

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

function run(args: string[], env: Record<string, string>): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [...sourceFlags, cli, ...args], { env, cwd: '/' }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

test('the program resolves names of the documentation from a shell', async () => {
  const web = await startWeb3Bio();
  web.profiles.set('ens/vitalik.eth', profile('vitalik.eth', '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045'));
  const name = 'alice.agent-23.xid.eth';
  const { command } = await writeFakeIdCli(`console.log(${JSON.stringify(infoJson(name))})`);
  const env = { WEB3_BIO_URL: web.url, ID_CLI_COMMAND: JSON.stringify(command) };
  const result = await run([name, 'vitalik.eth', 'nobody.eth'], env);
  expect(result.code).toBe(3);
  expect(result.stdout).toBe(
    `${name}  ${idCliAddress}  id-cli, unverified\nvitalik.eth  0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045  web3.bio, unverified\n`,
  );
  expect(result.stderr).toMatch(/^NOT_FOUND: "nobody.eth" is not known to web3.bio\./);
});
