// `npm run smoke -- --examples`: each example in an empty project, with our packages from their tarballs, by the lines of its README. What
// surrounds it (network, server, model, who writes) is that of its test. Build first; needs the npm registry.
import { globSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startWeb3Bio } from '../../packages/stage/src/start-web3-bio.ts';
import { mailExamples } from '../../examples/runner/src/mail-examples.ts';
import { playMail } from '../../examples/runner/src/play-mail.ts';
import { readReadme } from '../../examples/runner/src/read-readme.ts';
import { setStage } from '../../examples/runner/src/set-stage.ts';
import { startExample } from '../../examples/runner/src/start-example.ts';
import { packAll, publishedPackages } from './pack.mjs';
import { createProject } from './project.mjs';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const scope = '@xmtp-messaging/';
const names = [...mailExamples.map(({ name }) => name), 'resolver-only', 'vitest-devnet'];
const wanted = values.only?.split(',') ?? names;
const unknown = wanted.find((name) => !names.includes(name));
if (unknown !== undefined) {
  process.stderr.write(`There is no example ${unknown}. There are: ${names.join(', ')}\n`);
  process.exit(2);
}

const signal = AbortSignal.timeout(1_800_000);
const root = await realpath(await mkdtemp(join(tmpdir(), 'xmtp-messaging-smoke-examples-')));
let failed = 0;
try {
  const packed = await packAll(publishedPackages(resolve('.')), root);
  const stage = await setStage();
  const web3Bio = await startWeb3Bio(new Map([['vitalik.eth', '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045']]));
  try {
    for (const name of wanted) {
      const start = performance.now();
      const error = await play(name, { packed, stage, web3Bio }).then(
        () => null,
        (reason) => reason,
      );
      if (error !== null) failed += 1;
      const seconds = ((performance.now() - start) / 1_000).toFixed(1);
      process.stdout.write(`${error === null ? '✓' : '✗'} ${name} (${seconds} s)\n`);
      if (error !== null) process.stderr.write(`${error.stderr || error.message}\n`);
    }
  } finally {
    await web3Bio.close();
    await stage.close();
  }
} finally {
  await rm(root, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;

async function play(name, { packed, stage, web3Bio }) {
  const from = resolve('examples', name);
  const folder = join(root, name);
  const { packages, command } = readReadme(from);
  await cp(from, folder, { recursive: true, filter: (path) => !path.includes('node_modules') });
  const ours = packages.filter((each) => each.startsWith(scope));
  const others = packages.filter((each) => !each.startsWith(scope));
  const also = Object.fromEntries(others.map((each) => [each, versionOf(each, from)]));
  if (packages.length > 0) await createProject(folder, { manager: 'npm', install: ours, packed, also });
  if (globSync('node_modules/@xmtp-messaging/*/src', { cwd: folder }).length > 0)
    throw new Error('Sources were installed.');

  const example = mailExamples.find((each) => each.name === name);
  if (example !== undefined) return await playMail({ stage, example, folder, command, signal });
  const env = { PATH: process.env.PATH, HOME: folder, WEB3_BIO_URL: web3Bio.url };
  const running = startExample({ folder, command, env, signal });
  if ((await running.ended) !== 0) throw new Error(running.output());
}

/** That of this workspace. */
function versionOf(name, folder) {
  return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
}
