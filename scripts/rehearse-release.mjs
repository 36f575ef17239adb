// `npm run release:rehearse`: what the next release would be, in a copy of this checkout: versions, notes, and what npm would be given. Build first.
import { execFile, execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { inspectTarball } from './smoke/inspect-tarball.mjs';
import { publishedPackages } from './smoke/pack.mjs';

const root = resolve('.');
const run = promisify(execFile);
const say = (text) => process.stdout.write(`${text}\n`);
const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' });

const copy = await mkdtemp(join(tmpdir(), 'xmtp-messaging-release-'));
try {
  for (const path of listed.split('\n').filter((each) => each !== '' && existsSync(join(root, each)))) {
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await cp(join(root, path), join(copy, path), { verbatimSymlinks: true });
  }
  // It asks git when a note was written.
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    ['-c', 'user.name=x', '-c', 'user.email=x@localhost', 'commit', '-qm', 'x'],
  ])
    await run('git', args, { cwd: copy });
  const before = new Map(publishedPackages(copy).map(({ name, facts }) => [name, facts.version]));
  // It asks for its own way of writing notes from here. Nothing more is lent: pnpm would tidy a folder that is not as it left it.
  const lent = join(copy, 'node_modules', '@changesets');
  await mkdir(lent, { recursive: true });
  await symlink(await realpath(join(root, 'node_modules/@changesets/cli')), join(lent, 'cli'));
  await run('changeset', ['version'], { cwd: copy });
  await rm(join(copy, 'node_modules'), { recursive: true });

  const faults = [];
  for (const { name, folder, facts } of publishedPackages(copy)) {
    const notes = await readFile(join(folder, 'CHANGELOG.md'), 'utf8').catch(() => '');
    const written = notes.match(/^- (?!Updated dependencies)(?:[0-9a-f]{7}: )?\S/gmu)?.length ?? 0;
    const first = before.get(name) === '0.0.0';
    if (first && facts.version !== '0.1.0') faults.push(`${name}: the first release is ${facts.version}, not 0.1.0`);
    if (first && written !== 1) faults.push(`${name}: ${written} notes of code that nobody has, not one`);
    const from = join(root, folder.slice(copy.length));
    if (!existsSync(join(from, 'dist'))) throw new Error(`${name} is not built: npm run build`);
    await cp(join(from, 'dist'), join(folder, 'dist'), { recursive: true });
    const packed = await run(
      'pnpm',
      ['--config.verify-deps-before-run=false', 'pack', '--json', '--pack-destination', copy],
      { cwd: folder },
    );
    const tarball = JSON.parse(packed.stdout).filename;
    for (const wrong of await inspectTarball(tarball, copy)) faults.push(`${name}: ${wrong}`);
    // Provenance is made where it is released.
    const args = ['publish', tarball, '--dry-run', '--json', '--provenance=false', '--access', 'public'];
    const npm = await run('npm', args, { cwd: copy }).catch((error) => error);
    const [told] = npm.code === undefined ? [JSON.parse(npm.stdout)].map((answer) => answer[name] ?? answer) : [null];
    if (told === null) faults.push(`${name}: npm refuses it: ${npm.stderr.slice(0, 500)}`);
    else
      say(
        `${name} ${before.get(name)} -> ${told.version}  ${told.entryCount} files, ${Math.round(told.size / 1024)} KB`,
      );
  }
  for (const fault of faults) say(`✗ ${fault}`);
  if (faults.length === 0) say('✓ it can be released');
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  await rm(copy, { recursive: true, force: true });
}
