import { parseArgs } from 'node:util';
import { isBaseError, printable, printableJson } from '@xmtp-messaging/errors';
import { packageVersion } from '@xmtp-messaging/errors/process';
import { assessHost, type Host } from '../assess-host.ts';
import { defaultCacheFolder } from '../default-cache-folder.ts';
import { findBinding } from '../find-binding.ts';
import { prepareBinding } from '../prepare-binding.ts';

const usage = `Usage: xmtp-glibc-compat [--binding PATH] [--json]

Prints the path of an XMTP binding that loads on this system's glibc, patched if need be:
  NAPI_RS_NATIVE_LIBRARY_PATH="$(npx @xmtp-messaging/glibc-compat)" node app.js
Prints an empty line when the published binding loads as it is; the loader takes that as not set.
Every napi-rs module of the program reads that variable. If it has others, use this instead:
  node --import @xmtp-messaging/glibc-compat/register app.js

  --binding PATH  the binding to prepare  (default: that of the program in the working directory)
  --json          print {"needed", "path", "glibc"}, or {"error"}
  --help          print this
  --version       print the version

Exit status: 0 done, 1 the binding cannot be prepared, 2 wrong arguments.
`;

/** Everything that the program reads. */
export interface CliInput extends Host {
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  home: string;
  arch: string;
}

/** Everything that the program writes. */
export interface CliOutput {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** The command `xmtp-glibc-compat`, without its effects on the process. */
export function runCli(input: CliInput): CliOutput {
  let flags;
  try {
    flags = parseArgs({
      args: [...input.args],
      options: {
        binding: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    return { exitCode: 2, stdout: '', stderr: `${printable((error as Error).message)}\n\n${usage}` };
  }
  if (flags.help === true) return { exitCode: 0, stdout: usage, stderr: '' };
  if (flags.version === true) return { exitCode: 0, stdout: `${packageVersion(import.meta.url)}\n`, stderr: '' };
  const json = (value: unknown) => `${printableJson(value)}\n`;
  try {
    const path = prepare(input, flags.binding);
    const { glibc } = input;
    if (flags.json === true) return { exitCode: 0, stdout: json({ needed: path !== null, path, glibc }), stderr: '' };
    const note = path === null ? 'The XMTP binding loads on this system as published; nothing to do.\n' : '';
    return { exitCode: 0, stdout: `${path ?? ''}\n`, stderr: note };
  } catch (error) {
    if (!isBaseError(error)) throw error;
    const { code, message } = error;
    if (flags.json === true) return { exitCode: 1, stdout: json({ error: { code, message } }), stderr: '' };
    return { exitCode: 1, stdout: '', stderr: `${code}: ${printable(message)}\n` };
  }
}

/** Path of the patched copy, or `null` when the published binding loads. */
function prepare({ env, cwd, home, platform, arch, glibc }: CliInput, binding: string | undefined): string | null {
  if (glibc === null || assessHost({ platform, glibc }) === 'as-published') return null;
  const path = binding ?? findBinding({ from: cwd, arch });
  const cacheFolder = defaultCacheFolder({ xdgCacheHome: env['XDG_CACHE_HOME'], home });
  const prepared = prepareBinding({ path, glibc, cacheFolder });
  return prepared === path ? null : prepared;
}
