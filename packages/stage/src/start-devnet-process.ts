import { patient } from '@xmtp-messaging/testing/patient';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { sourceFlags } from '@xmtp-messaging/testing/source-flags';

const devnetCli = fileURLToPath(new URL('cli.ts', import.meta.resolve('@xmtp-messaging/devnet')));

/** A local network in a process of its own, so that it can be killed. */
export interface DevnetProcess {
  /** What its `--json` ready line said. */
  readonly ready: {
    readonly url: string;
    readonly port: number;
    readonly webUrl: string;
    readonly historyUrl: string;
  };
  readonly pid: number;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** @param args Arguments of `xmtp-devnet`, for example `['--port', '0', '--data', folder]`; `--json` is added. */
export async function startDevnetProcess(args: readonly string[]): Promise<DevnetProcess> {
  const child = spawn(process.execPath, [...sourceFlags, devnetCli, ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const killNow = () => child.kill('SIGKILL');
  process.once('exit', killNow);
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([
    once(lines, 'line', { signal: AbortSignal.timeout(patient(20_000)) }),
    exited.then(() => {
      throw new Error(`xmtp-devnet ${args.join(' ')} ended with ${child.exitCode} before it was ready`);
    }),
  ])) as [string];
  return {
    ready: JSON.parse(line),
    pid: child.pid!,
    async kill() {
      killNow();
      await exited;
      process.off('exit', killNow);
    },
  };
}
