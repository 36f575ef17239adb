import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { fullDisk } from './full-disk.ts';
import type { Equipment, Scene } from './kind.ts';

test('the disk is full while it lasts, and what was on it is kept with the run', async () => {
  const folder = await temporaryDirectory();
  const { env, troubles, close } = fullDisk.equip(folder) as Required<Equipment>;
  const { XMTP_HOME: path } = env('ben');
  expect(env('ann')).toEqual({});
  const write = () => writeFileSync(join(path!, 'file'), Buffer.alloc(100_000));
  const end = await troubles({} as Scene)[0]!.begin();
  expect(write).toThrow('ENOSPC');
  await end();
  write();
  await close();
  expect(existsSync(path!)).toBe(false);
  expect(existsSync(join(folder, 'xmtp', 'file'))).toBe(true);
});
