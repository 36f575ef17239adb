import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { ethersNoise, idCliAddress, infoJson, infoText } from '../../test/id-cli-output.ts';
import { ResolveError } from '../errors.ts';
import { parseIdCliInfo } from './parse-id-cli-info.ts';

const numRuns = Number(process.env.FUZZ_RUNS ?? 200);
const name = 'alice.agent-23.xid.eth';
const other = '0x000000000000000000000000000000000000dEaD';

const line = fc.oneof(
  fc.constantFrom(
    ethersNoise,
    name,
    '',
    `  ETH:     ${other}`,
    `  ETH:     ${idCliAddress}`,
    `${name} is not registered.`,
    infoJson('mallory.xid.eth', { ethAddress: other }),
    '{"status":"ok"}',
    '{"status":"error","error":{"code":"NOT_FOUND"}}',
    '\u001b[36m',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.json({ maxDepth: 3 }),
);
const output = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));

function outcome(stdout: string, exitCode: number | null): string {
  try {
    return parseIdCliInfo({ name, stdout, exitCode }).address;
  } catch (error) {
    if (!(error instanceof ResolveError)) throw error;
    return error.code;
  }
}

test.prop([output, fc.constantFrom(0, 1, 2, 4, null)], { numRuns })(
  'no output makes the parser fail otherwise, or believe a failed run',
  (stdout, exitCode) => {
    const result = outcome(stdout, exitCode);
    if (exitCode !== 0) expect(result).not.toMatch(/^0x/);
    expect(result).not.toBe(other);
  },
);

const noise = fc.array(
  fc.constantFrom(ethersNoise, '', '[dotenv] injecting env (0)', '{', '{"status":1}', '[]', 'null'),
  {
    maxLength: 5,
  },
);
const records = fc.array(fc.oneof(line, fc.constant(infoJson(name, { ethAddress: other }))), { maxLength: 5 });

test.prop([noise, records], { numRuns })(
  'what stands before the JSON line, or in the text records, changes nothing',
  (before, written) => {
    expect(outcome([...before, infoJson(name)].join('\n'), 0)).toBe(idCliAddress);
    expect(outcome(infoText(name, idCliAddress, written), 0)).toBe(idCliAddress);
  },
);
