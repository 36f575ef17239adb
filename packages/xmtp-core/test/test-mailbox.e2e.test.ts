import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { patient, temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';

const program = `
  import { createTestMailbox } from '${new URL('../src/testing/index.ts', import.meta.url).href}';
  const mailbox = await createTestMailbox();
  const { conversationId } = await mailbox.receive({ text: 'hello' });
  await mailbox.send({ to: { conversationId }, text: 'hi' });
  mailbox.breakNetwork('writes');
  void mailbox.send({ to: { conversationId }, text: 'unsettled' }).catch(() => undefined);
  await mailbox.close({ timeoutMs: 0 });
  const natives = process.report.getReport().sharedObjects.filter((path) => path.endsWith('.node'));
  console.log(JSON.stringify({ natives, taken: mailbox.taken.length }));
`;

test('a test mailbox loads no native code, leaves no file behind, and keeps no process once it is closed', async () => {
  const folder = await temporaryDirectory();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@xmtp-messaging/source', '--input-type=module', '-e', program],
    { cwd: folder, env: { ...process.env, HOME: folder, TMPDIR: folder }, timeout: patient(30_000) },
  );
  expect(JSON.parse(stdout)).toEqual({ natives: [], taken: 1 });
  expect(await readdir(folder)).toEqual([]);
});
