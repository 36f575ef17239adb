import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sourceFlags } from '@xmtp-messaging/stage';
import { createSeededRandom } from '@xmtp-messaging/errors';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import type { Equipment, Scene } from './kind.ts';
import { clock } from './clock.ts';

test('a process steps with the file of its player, and back', async () => {
  const { env, troubles } = clock.equip(await temporaryDirectory()) as Required<Equipment>;
  const scene = { cast: { players: [{ name: 'ann' }] }, random: createSeededRandom(1) };
  const [trouble] = troubles(scene as unknown as Scene);
  const ahead = async () => {
    const code =
      'const now = Date.now(); process.stdout.write(String(now - performance.timeOrigin - performance.now()))';
    const { stdout } = await promisify(execFile)(process.execPath, [...sourceFlags, '-e', code], { env: variables });
    return Math.round(Number(stdout) / 60_000) + 0;
  };
  const variables = env('ann');
  expect(await ahead()).toBe(0);
  const end = await trouble!.begin();
  expect([-60, 60, -1]).toContain(await ahead());
  await end();
  expect(await ahead()).toBe(0);
});
