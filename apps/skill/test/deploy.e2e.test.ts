import { sourceFlags } from '@xmtp-messaging/testing/source-flags';
import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv, promisify } from 'node:util';
import { parseEnvironment } from '@xmtp-messaging/server';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';

const program = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const execute = promisify(execFile);

async function run(cwd: string, args: string[], env: Record<string, string> = {}) {
  const command = [...sourceFlags, program, ...args];
  return await execute(process.execPath, command, { cwd, env: { PATH: process.env['PATH'], ...env } }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
  );
}

const team = `version: "1.0"
team: my-team
defaults:
  skills: [identity, wallet, xmtp]
agents:
  - name: support
    description: "Customer support agent with XMTP messaging"
  - name: public-bot
    skills: [xmtp]
    xmtp:
      openMode: true
      boundary: datamark
      port: 4102
  - name: no-wallet
`;
const secrets = ['hunter2-passphrase', `0x${'5e'.repeat(32)}`, 'token-of-the-api'];

async function prepare() {
  const folder = await temporaryDirectory();
  await writeFile(join(folder, 'team.yaml'), team);
  const env = `OWS_PASSPHRASE=${secrets[0]}\nPRIVATE_KEY=${secrets[1]}\n`;
  await writeFile(join(folder, '.env'), `${env}OWS_WALLET=my-agent-wallet\n`);
  await writeFile(join(folder, '.env.public-bot'), `XMTP_API_TOKEN=${secrets[2]}\nOWS_WALLET="bot wallet"\n`);
  await writeFile(join(folder, '.env.no-wallet'), 'OWS_WALLET=\n');
  return folder;
}

test('the program deploys a team, says what it did, and again that nothing changed', async () => {
  const folder = await prepare();
  const first = await run(folder, ['deploy', 'team.yaml']);
  // Whatever is free on this machine.
  expect({ ...first, stdout: first.stdout.replace(/port 41\d\d/u, 'port 41xx') }).toMatchInlineSnapshot(`
    {
      "code": 0,
      "stderr": "",
      "stdout": "Team my-team: 2 deployed, 1 skipped.

    support: closed mode, port 41xx, wallet my-agent-wallet (from .env)
      created   .agents/support/skills/xmtp/SKILL.md
      created   .agents/support/xmtp.env
    public-bot: open mode, port 4102, wallet bot wallet (from .env.public-bot)
      created   .agents/public-bot/skills/xmtp/SKILL.md
      created   .agents/public-bot/xmtp.env
    no-wallet: skipped. OWS_WALLET is empty in .env.no-wallet.

    Warning: public-bot is in open mode: anybody can write to it.

    Start all of them with \`npx @xmtp-messaging/cli up\`, or one with its settings:
      (set -a; . ./.agents/support/xmtp.env; npx @xmtp-messaging/server)
    ",
    }
  `);
  const second = await run(folder, ['deploy', 'team.yaml', '--json']);
  expect(second).toMatchObject({ code: 0, stderr: '' });
  const { ok, agents } = JSON.parse(second.stdout) as { ok: boolean; agents: { files: { state: string }[] }[] };
  expect(ok).toBe(true);
  expect(agents.flatMap(({ files }) => files.map(({ state }) => state))).toEqual(Array(4).fill('unchanged'));
});

test('secrets of the .env files reach neither output nor files', async () => {
  const folder = await prepare();
  const runs = [
    await run(folder, ['deploy', 'team.yaml']),
    await run(folder, ['deploy', 'team.yaml', '--json', '--dry-run']),
  ];
  const files = (await readdir(join(folder, '.agents'), { recursive: true, withFileTypes: true })).filter((e) =>
    e.isFile(),
  );
  expect(files).toHaveLength(4);
  const texts = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'utf8')));
  for (const secret of secrets) expect(JSON.stringify([runs, texts])).not.toContain(secret);
});

test('H4: what the team file says is what the server of the agent reads', async () => {
  const folder = await prepare();
  await run(folder, ['deploy', 'team.yaml']);
  for (const [agent, expected] of [
    ['support', { wallet: { name: 'my-agent-wallet' }, mode: 'closed' }],
    ['public-bot', { wallet: { name: 'bot wallet' }, mode: 'open', boundaryMode: 'datamark', http: { port: 4102 } }],
  ] as const) {
    const path = join(folder, '.agents', agent, 'xmtp.env');
    const asNodeReads = parseEnv(await readFile(path, 'utf8'));
    const { stdout } = await execute('sh', ['-c', 'set -a; . "$0"; env', path], { env: {} });
    const asShellReads = Object.fromEntries(
      stdout.split('\n').map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
    );
    expect(asShellReads).toMatchObject(asNodeReads);
    const { config, unknown } = parseEnvironment({ ...asNodeReads, HOME: folder });
    expect(config).toMatchObject(expected);
    expect(unknown).toEqual([]);
  }
});

test('without any wallet every agent is skipped, said clearly, and the exit code is 0', async () => {
  const folder = await temporaryDirectory();
  await writeFile(join(folder, 'team.yaml'), team);
  expect(await run(folder, ['deploy', 'team.yaml'])).toMatchInlineSnapshot(`
    {
      "code": 0,
      "stderr": "",
      "stdout": "Team my-team: 0 deployed, 3 skipped.

    support: skipped. OWS_WALLET is set neither in .env.support, nor in .env, nor in the environment.
    public-bot: skipped. OWS_WALLET is set neither in .env.public-bot, nor in .env, nor in the environment.
    no-wallet: skipped. OWS_WALLET is set neither in .env.no-wallet, nor in .env, nor in the environment.
    ",
    }
  `);
  expect(await readdir(folder)).toEqual(['team.yaml']);
  const { stdout } = await run(folder, ['deploy', 'team.yaml', '--json', '--dry-run'], { OWS_WALLET: 'around' });
  expect(stdout).toContain('"environment"');
});

test('a fault ends with code 1 and one readable message, wrong arguments with code 2', async () => {
  const folder = await prepare();
  await writeFile(join(folder, 'team.yaml'), team.replace('openMode: true', 'openMode: "true"'));
  expect(await run(folder, ['deploy', 'team.yaml'])).toMatchInlineSnapshot(`
    {
      "code": 1,
      "stderr": "team.yaml has a fault.

    team.yaml:11:17: agents[1].xmtp.openMode: must be true or false without quotes, not "true"
    ",
      "stdout": "",
    }
  `);
  expect(await run(folder, ['deploy', 'team.yml'])).toMatchObject({
    code: 1,
    stderr: expect.not.stringContaining('    at '),
  });
  expect(await run(folder, ['deploy'])).toMatchObject({ code: 2 });
});
