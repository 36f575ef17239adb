import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Row } from '../run-table.ts';

/** One test that did not pass. */
export interface FailedTest {
  readonly file: string;
  readonly name: string;
  readonly reason: string;
}

export interface SuiteResult {
  readonly passed: number;
  readonly failed: readonly FailedTest[];
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const hook = fileURLToPath(new URL('use-packages.ts', import.meta.url));

export interface RunOptions {
  /** Folder that has the packages. */
  readonly packages: string;
  readonly signal: AbortSignal;
}

/** Runs a program, and those that it starts, with the packages of another folder. Its errors are shown as they come. */
async function run(program: string, args: readonly string[], { packages, signal }: RunOptions): Promise<string> {
  const options = [process.env['NODE_OPTIONS'], '--disable-warning=ExperimentalWarning', `--import=${hook}`];
  const child = spawn(program, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
    env: { ...process.env, NODE_OPTIONS: options.filter(Boolean).join(' '), NIGHTLY_PACKAGES: packages },
  });
  return await text(child.stdout);
}

/** The conformance scenarios with the SDK for Node, on both networks. */
export async function runScenarios(options: RunOptions): Promise<readonly Row[]> {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const args = ['--conditions=@xmtp-messaging/source', main, '--client', 'node-sdk', '--json'];
  const { rows } = JSON.parse(await run(process.execPath, args, options)) as { rows: Row[] };
  return rows;
}

interface VitestReport {
  testResults: {
    name: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
}

/** Tests of this repository. @param filters Their folders. */
export async function runSuite(filters: readonly string[], options: RunOptions): Promise<SuiteResult> {
  const folder = await mkdtemp(join(tmpdir(), 'xmtp-messaging-nightly-'));
  try {
    const outputFile = join(folder, 'report.json');
    await run(
      'vitest',
      ['run', '--project', 'e2e', ...filters, '--reporter=json', `--outputFile=${outputFile}`],
      options,
    );
    return toSuiteResult(JSON.parse(await readFile(outputFile, 'utf8')) as VitestReport);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const firstLine = (message: string) => message.split('\n')[0]!.trim();

export function toSuiteResult({ testResults }: VitestReport): SuiteResult {
  const failed: FailedTest[] = [];
  let passed = 0;
  for (const { name, message, assertionResults } of testResults) {
    const file = name.replace(root, '');
    if (assertionResults.length === 0) failed.push({ file, name: 'the file', reason: firstLine(message) });
    for (const { status, fullName, failureMessages } of assertionResults) {
      if (status === 'passed') passed += 1;
      else failed.push({ file, name: fullName, reason: firstLine(failureMessages[0] ?? status) });
    }
  }
  return { passed, failed };
}
