import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { packageVersion } from './package-version.ts';

test('is that of the package around a module', () => {
  expect(packageVersion(import.meta.url)).toBe(manifest.version);
  expect(packageVersion(new URL('../index.ts', import.meta.url).href)).toBe(manifest.version);
  expect(packageVersion('file:///nowhere/at/all.js')).toBe('unknown');
});
