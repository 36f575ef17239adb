import { expect, test } from 'vitest';
import { newestNightly } from './find-nightly.ts';
import { highestGlibc } from './highest-glibc.ts';
import { toSuiteResult } from './to-suite-result.ts';
import { toReport } from './to-report.ts';

test('the newest nightly is that of the last day, whatever its number', () => {
  const versions = [
    '6.1.0-nightly.20260721.549bca3',
    '6.1.0-nightly.20260726.b649d1a',
    '6.0.0',
    '6.0.0-nightly.20260522.3',
  ];
  expect(newestNightly(versions)).toBe('6.1.0-nightly.20260726.b649d1a');
  expect(() => newestNightly(['6.0.0'])).toThrow(/no nightly/);
});

test('glibc versions are numbers', () => {
  expect(highestGlibc(Buffer.from('\0GLIBC_2.2.5\0GLIBC_2.38\0GLIBC_2.4\0'))).toBe('2.38');
  expect(highestGlibc(Buffer.from('none'))).toBeNull();
});

test('what failed stands in the report with its reason, and a file that did not load too', () => {
  const suite = toSuiteResult({
    testResults: [
      { name: '/x/a.test.ts', message: 'Cannot load\n  at', assertionResults: [] },
      {
        name: '/x/b.test.ts',
        message: '',
        assertionResults: [
          { status: 'passed', fullName: 'one', failureMessages: [] },
          { status: 'failed', fullName: 'two', failureMessages: ['Error: no\n  at'] },
        ],
      },
    ],
  });
  expect(suite).toEqual({
    passed: 1,
    failed: [
      { file: '/x/a.test.ts', name: 'the file', reason: 'Cannot load' },
      { file: '/x/b.test.ts', name: 'two', reason: 'Error: no' },
    ],
  });
  const none = { gone: [], changed: [], added: [] };
  const row = {
    scenario: 'streams',
    client: 'node-sdk',
    version: '6',
    protocol: 'v3',
    result: 'fail',
    reason: 'late',
    seconds: 1,
  } as const;
  const glibc = { before: '2.38', after: '2.25' };
  const report = toReport({
    version: '6.1.0-nightly',
    bindings: '1.11.0-nightly',
    current: '6.0.0',
    glibc,
    sdk: { ...none, gone: ['Client.old'] },
    native: none,
    rows: [row, { ...row, result: 'pass', reason: null }],
    suite,
  });
  expect(report).toContain('1 pass and 1 fail.\n\n- streams, v3: late');
  expect(report).toContain('- /x/b.test.ts: two: Error: no');
  expect(report).toContain('- gone: `Client.old`');
  expect(report).toContain('glibc: 2.38 and later before, 2.25 and later now.');
});
