import { expect, test } from 'vitest';
import { hostGlibc } from './host-glibc.ts';

test('the version of the host is read without a lasting change to its reports', () => {
  const report = process.report as NodeJS.ProcessReport & { excludeNetwork: boolean };
  report.excludeNetwork = false;
  expect(hostGlibc() ?? '0.0').toMatch(/^\d+\.\d+/);
  expect(report.excludeNetwork).toBe(false);
});
