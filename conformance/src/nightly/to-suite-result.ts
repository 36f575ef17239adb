import { fileURLToPath } from 'node:url';

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

/** What Vitest writes with `--reporter=json`, as far as it is read here. */
export interface VitestReport {
  testResults: {
    name: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
}

const firstLine = (message: string) => message.split('\n')[0]!.trim();

/** What passed, and what did not and why, in one line each. */
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
