import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { backoffMs, createElapsedClock } from '@xmtp-messaging/errors';
import { isSdkNoise } from './is-sdk-noise.ts';

/** Exit codes of a server after which only somebody can help: bad settings, no wallet. */
const hopeless: ReadonlySet<string> = new Set(['2', '3']);
/** A server that ran so long was well; its next failure is a first one. */
const wellMs = 60_000;

/** How the server of an agent stands. */
export interface ServerState {
  pid: number | null;
  restarts: number;
  lastExit: string | null;
  gaveUp: boolean;
}

/** One server, and how to keep it running. */
export interface SuperviseOptions {
  /** Program and arguments. It is never given to a shell, which would stand between us and it. */
  command: readonly [string, ...string[]];
  /** Its whole environment. */
  env: Readonly<Record<string, string>>;
  cwd: string;
  onLine: (line: string) => void;
  onChange: (state: ServerState) => void;
  /** Delay before the first restart, doubled up to 30 seconds, milliseconds. @default 500 */
  baseMs?: number | undefined;
  random?: (() => number) | undefined;
}

/** A server that is kept running. */
export interface SupervisedServer {
  state(): ServerState;
  /** SIGTERM, and SIGKILL when that takes longer. Resolves when the process is gone. */
  stop(options: { timeoutMs: number }): Promise<void>;
}

/**
 * Starts a server, and again after it has ended, with growing pauses. It holds a channel to us, and stops by itself when we are gone,
 * however that was.
 */
export function superviseServer(options: SuperviseOptions): SupervisedServer {
  const { command, env, cwd, onLine, onChange, baseMs = 500, random = Math.random } = options;
  const elapsed = createElapsedClock();
  const stopping = new AbortController();
  let child: ChildProcess | null = null;
  let state: ServerState = { pid: null, restarts: 0, lastExit: null, gaveUp: false };
  const change = (next: Partial<ServerState>) => {
    state = { ...state, ...next };
    onChange(state);
  };

  const runOnce = async () => {
    const [file, ...args] = command;
    // A group of its own: Ctrl-C reaches us alone, and we stop it in good order.
    const started = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], detached: true });
    child = started;
    const tell = (line: string) => {
      if (!isSdkNoise(line)) onLine(line);
    };
    for (const stream of [started.stdout, started.stderr])
      if (stream !== null) createInterface({ input: stream }).on('line', tell);
    const ended = new Promise<string>((resolve) => {
      started.once('error', (error) => resolve('code' in error ? String(error.code) : error.name));
      started.once('close', (code, signal) => resolve(String(code ?? signal)));
    });
    change({ pid: started.pid ?? null });
    const lastExit = await ended;
    child = null;
    change({ pid: null, lastExit });
    return lastExit;
  };

  const run = async () => {
    const { signal } = stopping;
    for (let failures = 1; !signal.aborted; failures += 1) {
      const start = elapsed();
      const exit = await runOnce();
      if (signal.aborted) return;
      if (hopeless.has(exit)) {
        change({ gaveUp: true });
        return;
      }
      if (elapsed() - start > wellMs) failures = 1;
      await delay(backoffMs(failures, { baseMs, maxMs: 30_000, random }), undefined, { signal }).catch(() => {});
      if (!signal.aborted) change({ restarts: state.restarts + 1 });
    }
  };
  const running = run();

  return {
    state: () => state,
    async stop({ timeoutMs }) {
      stopping.abort();
      child?.kill('SIGTERM');
      const limit = new AbortController();
      const kill = delay(timeoutMs, undefined, { signal: limit.signal }).then(
        () => child?.kill('SIGKILL'),
        () => {},
      );
      await running;
      limit.abort();
      await kill;
    },
  };
}
