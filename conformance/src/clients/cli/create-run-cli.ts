import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { sourceFlags } from '@xmtp-messaging/stage';
import { type CliOutput, readOutput } from './read-output.ts';

const limitMs = 60_000;
/** Loads the binding on hosts whose glibc is too old for it. */
const register = fileURLToPath(import.meta.resolve('@xmtp-messaging/glibc-compat/register'));

/** Runs the command once, as a process of its own. @throws Error with what it said when it fails */
export type RunCli = (...args: readonly string[]) => Promise<CliOutput>;

/**
 * The command for one person, whose settings and database are in a folder.
 * @param main The command's file.
 * @param settings What stands in its `.env`.
 */
export async function createRunCli(options: {
  main: string;
  folder: string;
  settings: Readonly<Record<string, string>>;
}): Promise<RunCli> {
  const { main, folder, settings } = options;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const lines = Object.entries({ ...settings, XMTP_DB_DIRECTORY: folder }).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(join(folder, '.env'), lines.join(''), { mode: 0o600 });
  const { PATH = '', HOME = folder } = process.env;
  return (...args) =>
    new Promise((resolve, reject) => {
      execFile(
        process.execPath,
        [...sourceFlags, '--import', register, main, ...args],
        { cwd: folder, env: { PATH, HOME }, timeout: limitMs, maxBuffer: 64 * 1024 * 1024 },
        (error, stdout, stderr) => {
          if (error === null) return resolve(readOutput(stdout));
          const said = stderr.split('\n').find((line) => line.startsWith('[ERROR]'));
          reject(
            new Error(`xmtp ${args.slice(0, 2).join(' ')}: ${said ?? `ended with ${error.code ?? error.signal}`}`),
          );
        },
      );
    });
}
