import { ResolveError, type ResolveErrorCode } from '../errors.ts';
import { checkIdCliRecord } from './check-id-cli-record.ts';
import type { IdCliOutput } from './id-cli-output.ts';
import { parseInfoJson } from './parse-info-json.ts';
import { parseInfoText } from './parse-info-text.ts';

/** One finished run of `id-cli info NAME`. */
export interface IdCliRun {
  /** Normalised name that was asked for. */
  name: string;
  /** All that it wrote there. */
  stdout: string;
  /** `null` when a signal ended the program. */
  exitCode: number | null;
}

/** SGR colours appear when FORCE_COLOR leaks into the program's environment. */
// oxlint-disable-next-line no-control-regex -- the escape character is what we remove
const colours = /\u001b\[[0-9;]*m/g;

/**
 * Reads and checks what `id-cli info NAME` printed: JSON of 0.2 and later, or the text of 0.1.
 * The exit code outranks the output: an address printed by a failed run is not used.
 * @returns The EIP-55 address and the node, which equals `namehash(name)`.
 * @throws ResolveError NOT_FOUND, NO_ADDRESS, INVALID_NAME, NAME_MISMATCH, UNSUPPORTED_BY_RESOLVER, UPSTREAM_ERROR, BAD_RESPONSE
 */
export function parseIdCliInfo({ name, stdout, exitCode }: IdCliRun): {
  address: `0x${string}`;
  node: `0x${string}`;
} {
  const plain = stdout.replaceAll(colours, '');
  // The text of 0.1 comes first: its text records could hold a line that looks like the JSON of later versions.
  const text = parseInfoText(plain);
  const output = text.kind === 'unreadable' ? parseInfoJson(plain) : text;
  const code = failureOf(output, exitCode);
  if (code === null && output.kind === 'record') return checkIdCliRecord(output.record, name);
  const { reason, hints } = failures[code ?? 'BAD_RESPONSE'];
  throw new ResolveError({ code: code ?? 'BAD_RESPONSE', input: name, source: 'id-cli', reason, hints });
}

type Failure = 'NOT_FOUND' | 'INVALID_NAME' | 'UPSTREAM_ERROR' | 'BAD_RESPONSE';

function failureOf(output: IdCliOutput, exitCode: number | null): Failure | null {
  const reported = output.kind === 'error' ? output.code : '';
  if (exitCode === 4 || reported === 'NOT_FOUND') return 'NOT_FOUND';
  if (exitCode === 2 || reported === 'INPUT_ERROR') return 'INVALID_NAME';
  if (exitCode !== 0 || output.kind === 'error') return 'UPSTREAM_ERROR';
  return output.kind === 'unreadable' ? 'BAD_RESPONSE' : null;
}

/** What id-cli wrote to stderr stays there: it can contain the chain endpoint's URL, and with it an API key. */
const failures = {
  NOT_FOUND: {
    reason: 'is not registered.',
    hints: ['Check the spelling, or ask the owner whether it was registered.'],
  },
  INVALID_NAME: { reason: 'is refused by id-cli.', hints: ['Check the spelling.'] },
  UPSTREAM_ERROR: {
    reason: 'was not looked up: id-cli failed.',
    hints: [
      'Its chain endpoint may be down. Run `id-cli info NAME` by hand to see why, or give it another RPC_URL_BASE.',
    ],
  },
  BAD_RESPONSE: {
    reason: 'was not looked up: the output of id-cli makes no sense.',
    hints: ['Check that the configured program is the id-cli of xid.eth.'],
  },
} satisfies Partial<Record<ResolveErrorCode, { reason: string; hints: string[] }>>;
