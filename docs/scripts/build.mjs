// Builds the site: writes the reference from docstrings and from the server's OpenAPI document, then the pages. Dead links, and warnings of
// the docstrings, are errors.
import { spawn } from 'node:child_process';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gatherPages } from './gather-pages.ts';

const docs = fileURLToPath(new URL('..', import.meta.url));
const site = join(docs, '.site');
const reference = join(site, 'reference');

await rm(site, { recursive: true, force: true });
await gatherPages(site);
await run('typedoc', ['--options', 'typedoc.config.mjs']);
await nameByPackage(join(reference, 'api'));
await run(process.execPath, [
  '--conditions=@xmtp-messaging/source',
  '--disable-warning=ExperimentalWarning',
  'scripts/write-http-reference.ts',
  join(reference, 'http.md'),
]);
await Promise.all([
  run('vitepress', ['build', '--logLevel', 'warn']),
  run('typedoc', ['--options', 'typedoc-subpaths.config.mjs']),
]);
await run(process.execPath, ['--disable-warning=ExperimentalWarning', 'scripts/write-llms-text.ts']);

/** TypeDoc names a page by its entry; a reader knows the package. */
async function nameByPackage(folder) {
  const lead = (text) => text.replaceAll(/\((?:\.\.\/)?(?<name>[a-z0-9-]+)\/src\.md/gu, '(./$<name>.md');
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    await rename(join(folder, entry.name, 'src.md'), join(folder, `${entry.name}.md`));
    await rm(join(folder, entry.name), { recursive: true });
  }
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const title = name === 'index.md' ? '# API' : `# @xmtp-messaging/${name.slice(0, -'.md'.length)}`;
    const text = lead(await readFile(path, 'utf8')).replace(/^# .*$/mu, title);
    await writeFile(path, name === 'index.md' ? text.replaceAll(/\[(?<name>[a-z0-9-]+)\/src\]/gu, '[$<name>]') : text);
  }
}

async function run(program, args) {
  const child = spawn(program, args, { cwd: docs, stdio: 'inherit' });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) process.exit(code ?? 1);
}
