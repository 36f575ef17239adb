import { randomBytes } from 'node:crypto';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Makes the folder and those above it, for its owner alone. */
export async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
}

/**
 * Writes a file (0600) so that a crash leaves either the whole content or none.
 * @returns `false` when `replace` is not set and the file exists; it is left alone then.
 */
export async function writePrivateFile(path: string, content: string, options: { replace: boolean }): Promise<boolean> {
  const folder = dirname(path);
  const draft = join(folder, `.${randomBytes(8).toString('hex')}.tmp`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    if (options.replace) await rename(draft, path);
    else {
      try {
        await link(draft, path);
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
        throw error;
      }
    }
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    return true;
  } finally {
    await rm(draft, { force: true });
  }
}
