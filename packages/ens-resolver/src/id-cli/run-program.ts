import { spawn } from 'node:child_process';

/** One run of a program, without a shell. */
export interface RunProgramOptions {
  /** Absolute path. */
  file: string;
  args: readonly string[];
  cwd: string;
  /** The whole environment of the program. */
  env: Readonly<Record<string, string>>;
  /** Milliseconds until the program and its children are killed. */
  timeoutMs: number;
  /** Bytes of standard output after which they are killed. */
  maxStdoutBytes: number;
  signal: AbortSignal;
}

/** How a run ended. Standard error is discarded: it can hold secrets of the program's configuration. */
export interface ProgramRun {
  end: 'exited' | 'timeout' | 'aborted' | 'too-large';
  /** `null` unless the program exited by itself. */
  exitCode: number | null;
  stdout: string;
}

/** How long after the program's exit a child that left its process group may keep the pipe open. */
const drainMs = 500;

/**
 * Runs a program in its own process group, which is killed with SIGKILL when the program ends, for whatever reason.
 * Rejects with the system's error (ENOENT, EACCES) when it cannot be started.
 */
export function runProgram(options: RunProgramOptions): Promise<ProgramRun> {
  const { file, args, cwd, env, timeoutMs, maxStdoutBytes, signal } = options;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return resolve({ end: 'aborted', exitCode: null, stdout: '' });
    const child = spawn(file, args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
      windowsHide: true,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    let end: ProgramRun['end'] = 'exited';
    let drain: NodeJS.Timeout | undefined;

    const killGroup = () => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // The group is gone already.
      }
    };
    const stop = (why: ProgramRun['end']) => {
      if (end === 'exited') end = why;
      killGroup();
    };
    const onAbort = () => stop('aborted');
    const timer = setTimeout(() => stop('timeout'), timeoutMs);
    const settle = () => {
      clearTimeout(timer);
      clearTimeout(drain);
      signal.removeEventListener('abort', onAbort);
    };

    signal.addEventListener('abort', onAbort, { once: true });
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxStdoutBytes) stop('too-large');
      else chunks.push(chunk);
    });
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('exit', () => {
      killGroup();
      drain = setTimeout(() => child.stdout.destroy(), drainMs);
    });
    child.once('close', (exitCode) => {
      settle();
      const stdout = end === 'exited' ? Buffer.concat(chunks).toString('utf8') : '';
      resolve({ end, exitCode: end === 'exited' ? exitCode : null, stdout });
    });
  });
}
