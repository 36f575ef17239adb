import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram, type RunOptions } from './run-program.ts';
import { type SuiteResult, toSuiteResult, type VitestReport } from './to-suite-result.ts';

/** Tests of this repository. @param filters Their folders. */
export async function runSuite(filters: readonly string[], options: RunOptions): Promise<SuiteResult> {
  const folder = await mkdtemp(join(tmpdir(), 'xmtp-messaging-nightly-'));
  try {
    const outputFile = join(folder, 'report.json');
    await runProgram(
      'vitest',
      ['run', '--project', 'e2e', ...filters, '--reporter=json', `--outputFile=${outputFile}`],
      options,
    );
    return toSuiteResult(JSON.parse(await readFile(outputFile, 'utf8')) as VitestReport);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
