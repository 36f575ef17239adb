import type { AgentMessage } from '@xmtp-messaging/agent';
import { errnoOf } from '@xmtp-messaging/errors/files';
import { type ProgramRun, runProgram } from '@xmtp-messaging/errors/process';
import { decodeAnswer } from './decode-answer.ts';
import { readAnswer } from './read-answer.ts';
import { readFailure, refusalAttempts } from './read-status.ts';
import { toOutcome } from './to-outcome.ts';
import type { Channel, ChannelOutcome } from './types.ts';
import { webhookPayload } from './webhook-payload.ts';

/** Options of the exec channel. */
export interface ExecChannelOptions {
  /** Program and arguments; no shell reads them. */
  command: readonly [string, ...string[]];
  /** Its whole environment. */
  env: Readonly<Record<string, string>>;
  cwd: string;
  /** Milliseconds until the program, and all that it started, is killed. */
  timeoutMs: number;
}

/** What a program may print: no reply is larger than a message, and its JSON may be four times that. */
const maxAnswerBytes = 4_500_000;

/**
 * Runs a program for each message, which stands as JSON on its standard input. Exit code 0: the agent has it, and what the
 * program printed is read as the answer of a webhook is. Any other end is a failure. Nothing of the message is in the
 * arguments or the environment, where every user of the machine could read it.
 */
export function createExecChannel({ command, env, cwd, timeoutMs }: ExecChannelOptions): Channel {
  const [file, ...args] = command;
  return {
    kind: 'exec',
    close: () => {},
    deliver: async (message: AgentMessage, { signal, attempt }) => {
      const input = `${JSON.stringify(webhookPayload(message, attempt))}\n`;
      try {
        const limits = { timeoutMs, maxStdoutBytes: maxAnswerBytes, signal, stdoutEncoding: 'latin1' } as const;
        return await readRun(await runProgram({ file, args, env, cwd, input, ...limits }), timeoutMs);
      } catch (error) {
        return { kind: 'failed', error: `the command cannot be started (${errnoOf(error) ?? 'unknown'})` };
      } finally {
        signal.throwIfAborted();
      }
    },
  };
}

async function readRun(run: ProgramRun, timeoutMs: number): Promise<ChannelOutcome> {
  const { end, exitCode, signal, stdout } = run;
  if (end === 'timeout') return { kind: 'failed', error: `the command did not end within ${timeoutMs} ms` };
  if (end === 'too-large')
    return { kind: 'refused', error: 'the command printed more than a reply may hold', attempts: refusalAttempts };
  if (exitCode !== 0)
    return { kind: 'failed', error: `the command ended with ${exitCode === null ? signal : `exit code ${exitCode}`}` };
  try {
    // Bytes that are no text would go to a person as wrong words.
    const bytes = Buffer.from(stdout, 'latin1');
    const plain = { bytes, encoding: undefined, type: undefined, maxBytes: maxAnswerBytes };
    return toOutcome(readAnswer(await decodeAnswer(plain), undefined));
  } catch (error) {
    return readFailure(error);
  }
}
