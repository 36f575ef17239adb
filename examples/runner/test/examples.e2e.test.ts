import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sourceFlags, startWeb3Bio } from '@xmtp-messaging/stage';
import PQueue from 'p-queue';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { mailExamples as known } from '../src/mail-examples.ts';
import { playMail } from '../src/play-mail.ts';
import { readReadme } from '../src/read-readme.ts';
import { setStage, type Stage } from '../src/set-stage.ts';
import { startExample } from '../src/start-example.ts';

// The packages as they stand in this workspace, found by their names.
const claudeCode = fileURLToPath(new URL('../src/claude-code/main.child.ts', import.meta.url));
const env = { NODE_OPTIONS: sourceFlags.join(' '), CLAUDE_PATH: claudeCode };
// Python is the one thing here that npm does not bring.
const hasPython = spawnSync('python3', ['--version']).status === 0;
const mailExamples = known.filter(({ name }) => hasPython || name !== 'webhook-python');
const folderOf = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

const stop = new AbortController();
const played = new Map<string, Promise<void>>();
let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
  const turns = new Map(mailExamples.map(({ mail }) => [mail, new PQueue({ concurrency: 1 })]));
  for (const example of mailExamples) {
    const folder = folderOf(example.name);
    const { command } = readReadme(folder);
    const playing = turns
      .get(example.mail)!
      .add(() => playMail({ stage, example, folder, command, env, signal: stop.signal }));
    // Each is told by its own test.
    playing.catch(() => {});
    played.set(example.name, playing);
  }
});

afterAll(async () => {
  stop.abort();
  await Promise.allSettled(played.values());
  await stage.close();
});

test.each(mailExamples)('$name: a message gets no tool to act, its operator does', async ({ name }) => {
  await expect(played.get(name)).resolves.toBeUndefined();
});

// A folder without package.json is of another language.
test.each(mailExamples.filter(({ name }) => existsSync(`${folderOf(name)}/package.json`)))(
  '$name: its README installs what it needs',
  ({ name }) => {
    const manifest = JSON.parse(readFileSync(`${folderOf(name)}/package.json`, 'utf8')) as {
      dependencies?: object;
    };
    expect(readReadme(folderOf(name)).packages.toSorted()).toEqual(Object.keys(manifest.dependencies ?? {}).toSorted());
  },
);

test('resolver-only: it says where names lead, and what that is worth', async () => {
  const vitalik = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
  const web3Bio = await startWeb3Bio(new Map([['vitalik.eth', vitalik]]));
  onTestFinished(() => web3Bio.close());
  const folder = folderOf('resolver-only');
  const own = { PATH: process.env['PATH'] ?? '', WEB3_BIO_URL: web3Bio.url };
  const { command } = readReadme(folder);
  const resolver = startExample({ folder, command, env: { ...own, ...env }, signal: stop.signal });
  expect(await resolver.ended, resolver.output()).toBe(0);
  expect(resolver.output()).toBe(
    [
      `vitalik.eth: ${vitalik} (so says web3.bio alone: write there, but ask before you pay)`,
      `${vitalik}: ${vitalik} (certain)`,
      '',
    ].join('\n'),
  );
});
