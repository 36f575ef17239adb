import { type ChildProcess, spawn } from 'node:child_process';
import { timerMs } from '../timer-ms.ts';

/** One run of a program, without a shell. */
export interface RunProgramOptions {
  /** A path, or a name that is looked for in `PATH` of `env`. */
  file: string;
  /** Never read by a shell. */
  args: readonly string[];
  /** @default '/' */
  cwd?: string | undefined;
  /** The whole environment of the program. */
  env: Readonly<Record<string, string>>;
  /** What it reads on standard input. @default nothing */
  input?: string | undefined;
  /** Milliseconds until the program and its children are killed. */
  timeoutMs: number;
  /** Bytes of standard output after which they are killed. */
  maxStdoutBytes: number;
  /** How much of standard error is kept: it can hold secrets of the program's configuration. @default 0 bytes */
  keptStderrBytes?: number | undefined;
  /** Kills the program and its children. @default none */
  signal?: AbortSignal | undefined;
  /** How `stdout` is decoded; `latin1`: a character for each byte, for who decodes it. @default 'utf8' */
  stdoutEncoding?: 'utf8' | 'latin1' | undefined;
}

/** How a run ended. */
export interface ProgramRun {
  /** Why it ended; all but `exited` are ours: everything was killed. */
  end: 'exited' | 'timeout' | 'aborted' | 'too-large';
  /** `null` unless the program exited by itself. */
  exitCode: number | null;
  /** What ended it, when that was none of us. */
  signal: NodeJS.Signals | null;
  /** Empty unless the program ended by itself. */
  stdout: string;
  /** Its first `keptStderrBytes`. */
  stderr: string;
}

/** How long after the program's exit a child that left its process group may keep the pipe open. */
const drainMs = 500;

/**
 * Runs a program in its own process group, and always ends: when the program does, takes too long, prints too much or is
 * not wanted any more, everything that it started is killed with SIGKILL. Rejects with the system's error (ENOENT,
 * EACCES, E2BIG) when it cannot be started; that error carries the arguments.
 */
export function runProgram(options: RunProgramOptions): Promise<ProgramRun> {
  const { file, args, cwd = '/', env, input, timeoutMs, maxStdoutBytes, keptStderrBytes = 0, signal } = options;
  const { stdoutEncoding = 'utf8' } = options;
  return new Promise((resolve, reject) => {
    const ended: ProgramRun = { end: 'aborted', exitCode: null, signal: null, stdout: '', stderr: '' };
    if (signal?.aborted === true) {
      resolve(ended);
      return;
    }
    const child = spawn(file, args, {
      cwd,
      env: { ...env },
      detached: true,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', keptStderrBytes > 0 ? 'pipe' : 'ignore'],
      windowsHide: true,
    });
    const { stdin, stdout, stderr } = child;
    const out = keep(stdout, maxStdoutBytes, () => stop('too-large'));
    const err = keep(stderr, keptStderrBytes);
    let drain: NodeJS.Timeout | undefined;
    const settle = (result: () => void) => {
      clearTimeout(timer);
      clearTimeout(drain);
      signal?.removeEventListener('abort', onAbort);
      result();
    };
    // Not waited for: what runs as another user cannot be killed, and must not hold the caller up.
    const stop = (end: ProgramRun['end']) => {
      killGroup(child);
      for (const pipe of [stdin, stdout, stderr]) pipe?.destroy();
      child.unref();
      settle(() => resolve({ ...ended, end }));
    };
    const onAbort = () => stop('aborted');
    const timer = setTimeout(() => stop('timeout'), timerMs(timeoutMs));

    signal?.addEventListener('abort', onAbort, { once: true });
    child.once('error', (error) => settle(() => reject(error)));
    child.once('exit', () => {
      killGroup(child);
      drain = setTimeout(() => {
        for (const pipe of [stdout, stderr]) pipe?.destroy();
      }, drainMs);
    });
    child.once('close', (exitCode, endedBy) =>
      settle(() =>
        resolve({
          end: 'exited',
          exitCode,
          signal: endedBy,
          stdout: out().toString(stdoutEncoding),
          stderr: err().toString(),
        }),
      ),
    );
    // A program need not read what it is given.
    stdin?.on('error', () => {});
    stdin?.end(input);
  });
}

/** Collects at most `maxBytes`; told when more comes. */
function keep(pipe: ChildProcess['stdout'], maxBytes: number, onMore?: () => void): () => Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  pipe?.on('data', (chunk: Buffer) => {
    const kept = chunk.subarray(0, Math.max(0, maxBytes - size));
    size += kept.length;
    chunks.push(kept);
    if (kept.length < chunk.length) onMore?.();
  });
  return () => Buffer.concat(chunks);
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already, or another user's (behind sudo), whom closed pipes must tell.
  }
}
