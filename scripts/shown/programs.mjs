// What `npx`, `npm` and `ows` of a document are here: the programs of this checkout. The first argument is the name that was called.
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { locateOws } from '../../packages/ows-signer/src/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const flags = ['--conditions=@xmtp-messaging/source', '--disable-warning=ExperimentalWarning'];
const binding = ['--import', join(root, 'packages/glibc-compat/src/register.ts')];
const { SHOWN_DEVNET_PORT: devnetPort = '0' } = process.env;

const [as, ...given] = [process.argv[2], ...process.argv.slice(3)];
const [program, ...args] = plan(as, given);
const { status, signal } = spawnSync(program, args, {
  stdio: 'inherit',
  env: { ...process.env, INIT_CWD: process.cwd() },
});
process.exitCode = status ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1);

function plan(name, words) {
  if (name === 'ows') return [locateOws(), ...words];
  if (name === 'npm') {
    const [run, task, ...rest] = words;
    if (run !== 'run') throw new Error(`npm ${words.join(' ')} is not done here: mark the block not-run.`);
    return [process.execPath, join(root, 'scripts/bootstrap.mjs'), task, ...rest.filter((each) => each !== '--')];
  }
  const [what, ...rest] = words.filter((each, index) => !(index === 0 && each === '-y'));
  if (what === '@open-wallet-standard/core') return [locateOws(), ...rest];
  const folder = globSync('{packages,apps}/*/package.json', { cwd: root }).find(
    (path) => JSON.parse(readFileSync(join(root, path), 'utf8')).name === what,
  );
  if (folder === undefined) throw new Error(`npx ${what} is none of ours.`);
  const { bin } = JSON.parse(readFileSync(join(root, folder), 'utf8'));
  const source = Object.values(bin)[0].replace('/dist/', '/src/').replace(/\.js$/u, '.ts');
  return [process.execPath, ...flags, ...binding, resolve(root, dirname(folder), source), ...ported(what, rest)];
}

/** Nothing here may take a port that is known beforehand; and the person at the terminal says yes. */
function ported(what, words) {
  if (what.endsWith('/cli') && words[0] === 'up') return [...words, '--yes'];
  if (!what.endsWith('/devnet')) return words;
  if (words[0] === 'chat') return [...words, '--url', `http://127.0.0.1:${devnetPort}`];
  const tls = words.includes('--tls') ? ['--tls-port', '0'] : [];
  const fixed = ['--port', '--history-port'];
  const free = words.filter((each, index) => !fixed.includes(each) && !fixed.includes(words[index - 1]));
  return [...free, '--port', devnetPort, '--web-port', '0', '--history-port', '0', ...tls];
}
