import { existsSync, readdirSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { isUp, lockTeam, readRunState, removeLeftTraces, writeRunState } from './run-state.ts';
import { stopTeam } from './stop-team.ts';
import { teamPaths } from './team-folder.ts';

const place = async () => teamPaths(join(await temporaryDirectory(), 'team.yaml'));

test('whoever has the lock is named beside it at once, and nothing is left afterwards', async () => {
  const paths = await place();
  const unlock = lockTeam(paths)!;
  expect([isUp(paths), lockTeam(paths), readRunState(paths)]).toEqual([
    true,
    null,
    { pid: process.pid, shared: false, pagePort: null, agents: [] },
  ]);
  unlock();
  expect([isUp(paths), existsSync(paths.ours)]).toEqual([false, false]);
});

test('what a killed process left names nobody who could be stopped in its place', async () => {
  const paths = await place();
  await mkdir(paths.ours);
  // A process of somebody else has that number by now: this one.
  const left = { pid: process.pid, shared: false, pagePort: null, agents: [] };
  writeRunState(paths, left);
  await writeFile(paths.lock, '');
  expect(await stopTeam(paths)).toBe(null);
  expect(readdirSync(paths.ours)).toEqual([]);
  writeRunState(paths, { ...left, pid: 1 });
  const unlock = lockTeam(paths)!;
  expect(readRunState(paths)?.pid).toBe(process.pid);
  unlock();
});

test('traces of a team that is up, or starts, are not taken away', async () => {
  const paths = await place();
  const unlock = lockTeam(paths)!;
  removeLeftTraces(paths);
  expect([isUp(paths), existsSync(paths.state), lockTeam(paths)]).toEqual([true, true, null]);
  // In the moment before it has written who it is.
  rmSync(paths.state);
  const stopping = stopTeam(paths);
  expect(isUp(paths)).toBe(true);
  unlock();
  expect(await stopping).toBe(null);
});

test('a lock whose file was taken away holds off nobody, and is taken again', async () => {
  const paths = await place();
  const first = lockTeam(paths)!;
  rmSync(paths.lock);
  const second = lockTeam(paths)!;
  expect(isUp(paths)).toBe(true);
  second();
  first();
});

test('a folder that cannot be written is an error of ours', async () => {
  const paths = await place();
  await writeFile(paths.ours, '');
  expect(() => lockTeam(paths)).toThrow(expect.objectContaining({ code: 'NOT_A_FOLDER' }));
});
