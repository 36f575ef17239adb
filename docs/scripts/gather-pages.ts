import { appendFile, copyFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pages, pictures } from '../.vitepress/pages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Copies every page of the site, and the pictures of this folder, to where it is built from. */
export async function gatherPages(to: string): Promise<void> {
  for (const [file, path] of [...pages, ...pictures]) {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await copyFile(join(root, file), join(to, path));
  }
  await appendFile(join(to, 'decisions/index.md'), `\n${(await listDecisions()).join('\n')}\n`);
}

/** A line for each decision, with its title. */
async function listDecisions(): Promise<string[]> {
  const files = [...pages.keys()].filter((file) => /^docs\/decisions\/\d/u.test(file)).toSorted();
  return await Promise.all(
    files.map(async (file) => {
      const title = /^# (?<title>.+)$/mu.exec(await readFile(join(root, file), 'utf8'))?.groups?.['title'] ?? file;
      return `- [${title}](./${file.slice('docs/decisions/'.length)})`;
    }),
  );
}
