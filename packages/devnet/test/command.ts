import { sourceFlags } from '@xmtp-messaging/testing/source-flags';
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The devnet as a process of its own. */
export interface DevnetProcess {
  readonly url: string;
  readonly webUrl: string;
  readonly historyUrl: string;
  readonly port: number;
  readonly child: ChildProcess;
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
}

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

// The echo bot and the chat load the binding, whatever the host's glibc.
const register = fileURLToPath(import.meta.resolve('@xmtp-messaging/glibc-compat/register'));
const flags = [...sourceFlags, '--import', register];

/** Program and arguments of the command. */
export const commandLine = (args: readonly string[]): string[] => [process.execPath, ...flags, cli, ...args];

/** Runs the command without waiting for anything. */
export function runCommand(args: readonly string[]): ChildProcess {
  const [program, ...rest] = commandLine(args) as [string, ...string[]];
  const child = spawn(program, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

let lastPort = 20_000 + 10 * (process.pid % 700);

/**
 * Runs the command until it says that it is ready. It is killed when the test ends. Its port is none of those that systems give to
 * whoever asks for any: there, clients of a network that ended before may still ask, and be counted.
 */
export async function startProcess(args: readonly string[] = []): Promise<DevnetProcess> {
  if (args.includes('--port')) return await startOnce(args);
  for (let tries = 1; ; tries += 1) {
    try {
      return await startOnce(['--port', String((lastPort += 1)), ...args]);
    } catch (error) {
      if (tries === 10) throw error;
    }
  }
}

async function startOnce(args: readonly string[]): Promise<DevnetProcess> {
  const child = runCommand(['--json', ...args]);
  const ended = new Promise<number | string | null>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
  for await (const line of createInterface(child.stdout!)) {
    const event = JSON.parse(line) as { event: string } & Omit<DevnetProcess, 'child' | 'ended'>;
    if (event.event === 'ready') return { ...event, child, ended };
  }
  throw new Error('the devnet ended before it was ready');
}
