import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/**
 * The program of a Chromium on this machine; `null` when there is none.
 * @param env Its `CHROMIUM_PATH` comes first, then what is on its `PATH`.
 */
export function findBrowser(env: Readonly<Record<string, string | undefined>>): string | null {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [env['CHROMIUM_PATH'], ...names.flatMap((name) => folders.map((folder) => join(folder, name)))];
  const isProgram = (path: string) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  return candidates.find((path): path is string => path !== undefined && path !== '' && isProgram(path)) ?? null;
}
