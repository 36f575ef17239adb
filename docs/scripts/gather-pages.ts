import { copyFile, mkdir } from 'node:fs/promises';
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
}
