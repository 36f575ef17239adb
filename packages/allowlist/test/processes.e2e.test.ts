import { sourceFlags } from '@xmtp-messaging/testing/source-flags';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { openAllowlist } from '../src/index.ts';

const program = fileURLToPath(new URL('edit-forever.ts', import.meta.url));

function edit(path: string, prefix: string, count: number): ChildProcess & { acknowledged: () => number } {
  const child = spawn(process.execPath, [...sourceFlags, program, path, prefix, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  return Object.assign(child, { acknowledged: () => output.split('\n').length - 1 });
}

test('L4: four processes edit one file and lose nothing, while a fifth follows by watching', async () => {
  const path = join(await temporaryDirectory(), 'allowlist.yaml');
  await writeFile(path, '# ours\n', { mode: 0o600 });
  const watcher = await openAllowlist({ path, settleMs: 5, pollMs: 60_000 });
  const doubts: string[] = [];
  watcher.subscribe(({ error }) => error && doubts.push(error.message));
  onTestFinished(() => watcher.close());

  const children = ['aa', 'bb', 'cc', 'dd'].map((prefix) => edit(path, prefix, 10));
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0] as unknown));
  expect(codes).toEqual([0, 0, 0, 0]);
  await waitFor(() => watcher.status().count === 40, { what: 'all forty entries' });
  expect(doubts).toEqual([]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('L4: killed in the middle, an editor leaves a whole file with every acknowledged entry, and no lock', async () => {
  const path = join(await temporaryDirectory(), 'allowlist.yaml');
  for (const [round, prefix] of ['aa', 'bb', 'cc', 'dd', 'ee'].entries()) {
    const child = edit(path, prefix, 100_000);
    await waitFor(() => child.acknowledged() > 2 + 3 * round, { what: 'a few entries' });
    const killed = once(child, 'exit');
    child.kill('SIGKILL');
    await killed;
    const list = await openAllowlist({ path, watch: false, lockTimeoutMs: 200 });
    expect(list.status()).toMatchObject({ state: 'ready', error: null });
    expect(list.find(`${prefix}-${child.acknowledged()}.eth`)).not.toBeNull();
    expect((await list.add({ address: `0x${'9'.repeat(38)}0${round}` })).added).toBe(true);
    await list.close();
  }
  expect((await readdir(join(path, '..'))).toSorted()).toEqual(['allowlist.yaml', 'allowlist.yaml.lock']);
});
