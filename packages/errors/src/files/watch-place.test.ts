import { closeSync, mkdirSync, openSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { watchPlace } from './index.ts';

async function setUp() {
  const above = join(await temporaryDirectory(), 'above');
  const folder = join(above, 'home');
  mkdirSync(folder, { recursive: true });
  const [lock, late] = [join(folder, 'lock'), join(folder, 'late')];
  writeFileSync(lock, '');
  writeFileSync(late, '');
  const place = watchPlace(folder, lock);
  place.add(late);
  const look = () => {
    const found = place.look();
    return found && `${found.code} ${found.path.slice(above.length + 1)}: ${found.detail}`;
  };
  return { above, folder, lock, late, look };
}

test('what is moved away is missed, and found again', async () => {
  const { above, folder, look } = await setUp();
  expect(look()).toBeNull();
  renameSync(folder, `${folder}-2`);
  expect(look()).toBe('PATH_MOVED home: nothing is there.');
  renameSync(`${folder}-2`, folder);
  expect(look()).toBeNull();
  renameSync(above, `${above}-2`);
  expect(look()).toBe('PATH_MOVED home: nothing is there.');
  writeFileSync(above, 'a file in place of a folder above');
  expect(look()).toBe('PATH_MOVED home: nothing is there.');
});

test('what stands there is another thing, whatever its name', async () => {
  const { folder, lock, late, look } = await setUp();
  const held = openSync(lock, 'r');
  renameSync(folder, `${folder}-2`);
  mkdirSync(folder);
  expect(look()).toBe('PATH_MOVED home: something else is there.');
  rmSync(folder, { recursive: true });
  // The same folder by another way.
  symlinkSync(`${folder}-2`, folder);
  expect(look()).toBeNull();
  rmSync(lock);
  expect(look()).toBe('PATH_MOVED home/lock: nothing is there.');
  // The number of an open file is given to no other.
  writeFileSync(lock, '');
  expect(look()).toBe('PATH_MOVED home/lock: something else is there.');
  closeSync(held);
  renameSync(late, lock);
  expect(look()).toBe('PATH_MOVED home/lock: something else is there.');
});

test('what is not there cannot be watched', () => {
  expect(() => watchPlace('/nowhere/at/all')).toThrow(expect.objectContaining({ code: 'PATH_MISSING' }));
});
