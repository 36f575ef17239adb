import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { patient } from '../../packages/testing/src/patient.ts';
import { fetchPackages } from './fetch-packages.mjs';
import { capture } from './run.mjs';

const name = 'one-program';
const version = '1.2.3';
const integrityOf = (bytes) => `sha512-${createHash('sha512').update(bytes).digest('base64')}`;

async function temporaryFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'fetch-packages-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A tarball as npm makes it: a program, and a script that would leave `mark` behind if it ran. */
async function tarball(folder, mark, word = 'honest') {
  const source = join(folder, word);
  await mkdir(source);
  await writeFile(join(source, 'program'), `#!/bin/sh\necho ${version} ${word}\n`, { mode: 0o755 });
  const scripts = Object.fromEntries(
    ['preinstall', 'install', 'postinstall'].map((event) => [event, `touch ${JSON.stringify(mark)}`]),
  );
  await writeFile(
    join(source, 'package.json'),
    JSON.stringify({ name, version, scripts, bin: { program: 'program' } }),
  );
  const { code, output } = await capture('npm', ['pack', '--ignore-scripts', '--silent', source], {
    cwd: source,
    env: process.env,
  });
  expect(code, output).toBe(0);
  return readFile(join(source, `${name}-${version}.tgz`));
}

/** A registry on loopback that serves `bytes` and, as a dishonest one would, the digest that fits them. */
async function startRegistry(bytes) {
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.tgz')) {
      response.end(bytes);
      return;
    }
    const tarballUrl = `http://${request.headers.host}/${name}/-/${name}-${version}.tgz`;
    const manifest = {
      name,
      version,
      hasInstallScript: true,
      dist: { tarball: tarballUrl, integrity: integrityOf(bytes) },
    };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions: { [version]: manifest } }));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${server.address().port}`;
}

async function fetchFrom(registry, folder, integrity) {
  const target = join(folder, 'tools', 'place');
  await fetchPackages({
    folder: target,
    packages: { program: { name, version, integrity } },
    programs: { program: join('node_modules', name, 'program') },
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      npm_config_registry: registry,
      npm_config_cache: join(folder, 'cache'),
    },
    reporter: { step() {} },
  });
  return join(target, 'node_modules', name, 'program');
}

// Unpacking shares the processors with all other tests.
const patience = { timeout: patient(60_000) };

test('fetches what is pinned and runs no script of it', patience, async () => {
  const folder = await temporaryFolder();
  const mark = join(folder, 'a-script-ran');
  const bytes = await tarball(folder, mark);
  const program = await fetchFrom(await startRegistry(bytes), folder, integrityOf(bytes));
  expect(await readFile(program, 'utf8')).toContain('honest');
  expect(existsSync(mark)).toBe(false);
});

test('a tarball that was tampered with is refused, named, and leaves nothing', patience, async () => {
  const folder = await temporaryFolder();
  const mark = join(folder, 'a-script-ran');
  const honest = await tarball(folder, mark);
  const tampered = await tarball(folder, mark, 'tampered');
  const fetching = fetchFrom(await startRegistry(tampered), folder, integrityOf(honest));
  await expect(fetching).rejects.toThrow('what the registry sent is not what is pinned here');
  expect(existsSync(mark)).toBe(false);
  expect(await readdir(join(folder, 'tools'))).toEqual([]);
});
