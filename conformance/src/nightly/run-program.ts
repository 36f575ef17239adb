import { spawn } from 'node:child_process';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const hook = fileURLToPath(new URL('use-packages.ts', import.meta.url));

export interface RunOptions {
  /** Folder that has the packages. */
  readonly packages: string;
  readonly signal: AbortSignal;
}

/** Runs a program, and those that it starts, with the packages of another folder. Its errors are shown as they come. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { packages, signal }: RunOptions,
): Promise<string> {
  const options = [process.env['NODE_OPTIONS'], '--disable-warning=ExperimentalWarning', `--import=${hook}`];
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
    env: { ...process.env, NODE_OPTIONS: options.filter(Boolean).join(' '), NIGHTLY_PACKAGES: packages },
  });
  return await text(child.stdout);
}
