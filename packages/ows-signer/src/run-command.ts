import { runProgram } from '@xmtp-messaging/errors/process';
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
 * Runs a signing command without input. The signal that ends it is SIGKILL because `ows` survives SIGTERM once its
 * standard error is closed: its signal handler then panics and the rest lives on.
 * @throws OwsSignerError `OWS_CLI_NOT_FOUND`, `OWS_CLI_NOT_EXECUTABLE`, `OWS_MESSAGE_TOO_LARGE`, `OWS_TIMEOUT`, `OWS_OUTPUT_INVALID`, `OWS_CLI_FAILED`
 */
export async function runCommand(options: RunCommandOptions): Promise<CommandResult> {
  const { command, args, env, timeoutMs, maxStdoutBytes, signal } = options;
  const [file, ...prefix] = command;
  const limits = { timeoutMs, maxStdoutBytes, keptStderrBytes: maxStderrBytes, signal };
  const { end, ...result } = await runProgram({ file, args: [...prefix, ...args], env, ...limits }).catch(
    (error: unknown) => {
      throw spawnError(file, error);
    },
  );
  if (end === 'aborted') throw signal?.reason;
  if (end === 'timeout') throw timeoutError(timeoutMs);
  if (end === 'too-large') throw tooMuchOutput();
  return result;
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
