import { chmod, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { findBrowser } from './find-browser.ts';
import { temporaryDirectory } from './temporary-directory.ts';

test('what is named comes first, then what is on the path and may be run, or there is none', async () => {
  const [named, onPath, PATH] = [await temporaryDirectory(), await temporaryDirectory(), await temporaryDirectory()];
  const [chosen, chromium] = [join(named, 'my-browser'), join(onPath, 'chromium')];
  for (const file of [chosen, chromium]) await writeFile(file, '#!/bin/sh\n');
  const env = { PATH: [PATH, onPath].join(delimiter) };
  expect(findBrowser(env)).toBeNull();
  for (const file of [chosen, chromium]) await chmod(file, 0o755);
  expect(findBrowser(env)).toBe(chromium);
  expect(findBrowser({ ...env, CHROMIUM_PATH: chosen })).toBe(chosen);
  expect(findBrowser({})).toBeNull();
});
