import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sourceFlags } from '@xmtp-messaging/testing/source-flags';

const serverMain = fileURLToPath(new URL('main.ts', import.meta.resolve('@xmtp-messaging/server')));

/** A process of the server program. */
export interface ServerProcess {
  readonly pid: number;
  isRunning(): boolean;
  /** `null` while it runs, and when a signal ended it. */
  exitCode(): number | null;
  /** SIGTERM, and SIGKILL if that takes longer than ten seconds. */
  stop(): Promise<void>;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** Starts the server program; everything that it prints goes to the file. */
export function startServerProcess(options: {
  /** In full: nothing is inherited. */
  env: Readonly<Record<string, string>>;
  logFile: string;
  /** Arguments of Node. @default the server's sources, without a build */
  program?: readonly string[] | undefined;
}): ServerProcess {
  const { env, logFile, program = [...sourceFlags, serverMain] } = options;
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  // Its own process group: Ctrl-C reaches the program that starts it alone, which then ends it in good order.
  const child = spawn(process.execPath, program, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  let left: Promise<void> | undefined;
  const gone = () =>
    (left ??= (async () => {
      await exited;
      process.off('exit', killNow);
      await new Promise<void>((resolve) => log.end(resolve));
    })());
  return {
    pid: child.pid ?? 0,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    exitCode: () => child.exitCode,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(killNow, 10_000);
      await gone();
      clearTimeout(timer);
    },
    async kill() {
      killNow();
      await gone();
    },
  };
}
