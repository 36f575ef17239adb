import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { timerMs } from '@xmtp-messaging/errors';
import { OwsSignerError } from './errors.ts';

/** One run of a program. */
export interface RunCommandOptions {
  command: readonly [string, ...string[]];
  args: readonly string[];
  /** The whole environment of the program. */
  env: Readonly<Record<string, string>>;
  timeoutMs: number;
  /** More on standard output than this ends the run. Of standard error, 16 KiB are kept. */
  maxStdoutBytes: number;
  signal: AbortSignal | undefined;
}

/** How it ended. */
export interface CommandResult {
  exitCode: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
}

const maxStderrBytes = 16_384;

/**
 * Runs a program without a shell and without input, in its own process group, and always ends: a run that takes too long,
 * prints too much or is aborted is killed with all that it started.
 *
 * The signal is SIGKILL because `ows` survives SIGTERM once its standard error is closed: its signal handler then panics and the rest lives on.
 * @throws OwsSignerError `OWS_CLI_NOT_FOUND`, `OWS_CLI_NOT_EXECUTABLE`, `OWS_MESSAGE_TOO_LARGE`, `OWS_TIMEOUT`, `OWS_OUTPUT_INVALID`, `OWS_CLI_FAILED`
 */
export function runCommand(options: RunCommandOptions): Promise<CommandResult> {
  const { command, args, env, timeoutMs, maxStdoutBytes, signal } = options;
  const [file, ...prefix] = command;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    let child: ChildProcessByStdio<null, Readable, Readable>;
    try {
      child = spawn(file, [...prefix, ...args], {
        cwd: '/',
        env: { ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      });
    } catch (error) {
      throw spawnError(file, error);
    }
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let stdoutBytes = 0;
    let stderrBytes = 0;
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      settle();
    };
    const stop = (reason: unknown) => {
      killGroup(child);
      child.stdout.destroy();
      child.stderr.destroy();
      child.unref();
      finish(() => reject(reason));
    };
    const onAbort = () => stop(signal?.reason);
    const timer = setTimeout(() => stop(timeoutError(timeoutMs)), timerMs(timeoutMs));
    signal?.addEventListener('abort', onAbort);
    child.stdout.on('data', (chunk: Buffer) => {
      stdoutBytes += chunk.length;
      if (stdoutBytes > maxStdoutBytes) stop(tooMuchOutput());
      else stdout.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      const kept = chunk.subarray(0, Math.max(0, maxStderrBytes - stderrBytes));
      stderrBytes += kept.length;
      stderr.push(kept);
    });
    child.once('error', (error) => finish(() => reject(spawnError(file, error))));
    child.once('close', (exitCode, endedBy) =>
      finish(() => resolve({ exitCode, signal: endedBy, stdout: text(stdout), stderr: text(stderr) })),
    );
  });
}

const text = (chunks: readonly Buffer[]) => Buffer.concat(chunks).toString('utf8');

function killGroup({ pid }: { pid?: number | undefined }): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already, or another user's (behind sudo), whom closed pipes must tell.
  }
}

/** The system's own error is dropped: it carries the argument list, and with it the message. */
function spawnError(file: string, error: unknown): unknown {
  const errno = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  if (errno === 'ENOENT') {
    return new OwsSignerError({
      code: 'OWS_CLI_NOT_FOUND',
      shortMessage: `The signing command ${file} does not exist, or its loader does not.`,
    });
  }
  if (errno === 'EACCES' || errno === 'EPERM') {
    return new OwsSignerError({
      code: 'OWS_CLI_NOT_EXECUTABLE',
      shortMessage: `The signing command ${file} may not be executed.`,
    });
  }
  if (errno === 'E2BIG') {
    return new OwsSignerError({
      code: 'OWS_MESSAGE_TOO_LARGE',
      shortMessage: 'The message does not fit into an argument list.',
      metaMessages: ['Lower `maxMessageBytes` to 65,000 or less.'],
    });
  }
  return new OwsSignerError({
    code: 'OWS_CLI_FAILED',
    shortMessage: `The signing command could not be started (${errno}).`,
    metaMessages: ['The system may be out of processes, memory or file descriptors.'],
    retryable: !errno.startsWith('ERR_'),
  });
}

function timeoutError(timeoutMs: number): OwsSignerError {
  return new OwsSignerError({
    code: 'OWS_TIMEOUT',
    shortMessage: `The signing command did not end within ${timeoutMs} ms and was killed.`,
    signal: 'SIGKILL',
  });
}

function tooMuchOutput(): OwsSignerError {
  return new OwsSignerError({
    code: 'OWS_OUTPUT_INVALID',
    shortMessage: 'The signing command printed more than it should and was killed.',
    signal: 'SIGKILL',
  });
}
