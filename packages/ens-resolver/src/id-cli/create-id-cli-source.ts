import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printable } from '@xmtp-messaging/errors';
import PQueue from 'p-queue';
import { ResolveError, type ResolveErrorCode } from '../errors.ts';
import type { NameSource } from '../types.ts';
import { findProgram } from './find-program.ts';
import { type IdCliOptions, readIdCliOptions } from './id-cli-options.ts';
import { parseIdCliInfo } from './parse-id-cli-info.ts';
import { type ProgramRun, runProgram } from '@xmtp-messaging/errors/process';

/** The source, and whether it can be asked at all. */
export interface IdCliSource extends NameSource {
  /** Whether the program is there, be it safe to run or not. */
  isInstalled(): Promise<boolean>;
}

/** The program itself is the trouble, as opposed to a machine short of processes or files. */
const cannotStart = new Set(['ENOENT', 'EACCES', 'ENOEXEC', 'ENOTDIR']);

/**
 * Asks `id-cli info NAME` for names below xid.eth.
 *
 * The program loads a `.env` of its working directory, and with it whatever chain endpoint that names, so each run
 * gets a new empty private folder as working directory and HOME, and an environment of a few variables.
 * @throws ResolveError INVALID_OPTION
 */
export function createIdCliSource(options: IdCliOptions = {}): IdCliSource {
  const config = readIdCliOptions(options, process.execPath);
  const queue = new PQueue({ concurrency: config.concurrency });
  let found: string | null = null;

  async function findSafely(name: string): Promise<string> {
    const program = await findProgram(config.program, config.searchPath);
    if (program === null) throw unavailable(name);
    if (!program.ok) throw unsafe(name, program);
    return program.path;
  }

  async function run(name: string, signal: AbortSignal): Promise<ProgramRun> {
    found ??= await findSafely(name);
    const cwd = await mkdtemp(join(tmpdir(), 'ens-resolver-'));
    try {
      return await runProgram({
        file: found,
        args: [...config.args, 'info', name],
        cwd,
        env: { HOME: cwd, ...config.env },
        timeoutMs: config.timeoutMs,
        maxStdoutBytes: config.maxBytes,
        signal,
      });
    } catch (cause) {
      found = null;
      throw cannotStart.has((cause as NodeJS.ErrnoException).code ?? '') ? unavailable(name, cause) : cause;
    } finally {
      // A folder that stays behind is no reason to withhold an answer.
      await rm(cwd, { recursive: true, force: true }).catch(() => {});
    }
  }

  return {
    isInstalled: async () => found !== null || (await findProgram(config.program, config.searchPath)) !== null,
    async lookup(name, { signal }) {
      const result = await queue.add(() => run(name, signal), { signal });
      if (result.end !== 'exited') throw ended(result.end, name, config.timeoutMs);
      return { ...parseIdCliInfo({ name, ...result }), source: 'id-cli' };
    },
  };
}

function unsafe(name: string, { path, why }: { path: string; why: string }): ResolveError {
  return new ResolveError({
    code: 'RESOLVER_UNAVAILABLE',
    input: name,
    source: 'id-cli',
    reason: `needs the program id-cli; ${printable(path)} is not run, because ${why}.`,
    hints: [
      'Whoever can change it chooses where messages go. Correct the owner or mode (chmod o-w), or set the command to another.',
    ],
  });
}

function unavailable(name: string, cause?: unknown): ResolveError {
  return new ResolveError({
    code: 'RESOLVER_UNAVAILABLE',
    input: name,
    source: 'id-cli',
    reason: 'needs the program id-cli, which cannot be started.',
    hints: [
      'Get it from https://github.com/idchain-world/id-cli (npm install, npm run build, npm link), or set the command to its path.',
      'Or read its registry from a Base node of yours: the option xid.rpcUrl, XID_RPC_URL.',
    ],
    cause,
  });
}

function ended(end: Exclude<ProgramRun['end'], 'exited'>, name: string, timeoutMs: number): ResolveError {
  const facts: Record<typeof end, { code: ResolveErrorCode; reason: string; hints: string[] }> = {
    timeout: {
      code: 'TIMEOUT',
      reason: `was not looked up: id-cli gave no answer within ${timeoutMs} ms.`,
      hints: ['Its chain endpoint may be down; try again later, or give it another RPC_URL_BASE.'],
    },
    aborted: { code: 'ABORTED', reason: 'was not looked up: the caller gave up.', hints: [] },
    'too-large': { code: 'RESPONSE_TOO_LARGE', reason: 'was not looked up: id-cli printed too much.', hints: [] },
  };
  return new ResolveError({ input: name, source: 'id-cli', ...facts[end] });
}
