import { execFile } from 'node:child_process';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));

async function readAll(folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const path of glob('**/*.ts', { cwd: folder })) files[path] = await readFile(join(folder, path), 'utf8');
  return files;
}

test('the committed code is what the .proto files generate', async () => {
  const output = await temporaryDirectory();
  const bin = join(root, 'node_modules/.bin');
  // The template writes to ../src/gen, seen from the output folder.
  const args = ['generate', '--output', join(output, 'proto')];
  await run(join(bin, 'buf'), args, {
    cwd: join(root, 'proto'),
    env: { PATH: `${bin}:${process.env['PATH']}`, HOME: output },
  });
  const generated = await readAll(join(output, 'src/gen'));
  expect(Object.keys(generated).length).toBeGreaterThan(5);
  expect(generated).toEqual(await readAll(join(root, 'src/gen')));
});
