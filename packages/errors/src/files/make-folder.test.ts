import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { ensurePrivateFolder, makeFolder } from './index.ts';

test('a folder that cannot be made is told once: below a link into nothing, or without a name', async () => {
  const root = await temporaryDirectory();
  symlinkSync(join(root, 'a disk that is not there'), join(root, 'link'));
  for (const path of [join(root, 'link', 'home'), join(root, 'link', 'home', 'of', 'alice'), '']) {
    expect(() => makeFolder(path)).toThrow(expect.objectContaining({ code: 'PATH_MISSING' }));
    expect(() => ensurePrivateFolder(path)).toThrow(expect.objectContaining({ code: 'PATH_MISSING' }));
  }
});
