import { expect, test } from 'vitest';
import { mailboxError } from '../errors.ts';
import { openDatabase } from './open-database.ts';

/** A database that fails so before it opens, as the look at the disk explains it. */
function createDoor(failures: readonly Error[]) {
  const rest = [...failures];
  let openings = 0;
  const open = () => {
    openings += 1;
    const failure = rest.shift();
    return failure === undefined ? Promise.resolve('database') : Promise.reject(failure);
  };
  return { open: () => openDatabase(open, (error) => error), openings: () => openings };
}

const damaged = mailboxError('DATABASE_DAMAGED');
const full = mailboxError('DISK_FULL');

test('a database that opens a second time was not damaged: the disk had no room', async () => {
  const door = createDoor([damaged]);
  expect(await door.open()).toBe('database');
  expect(door.openings()).toBe(2);
});

test('what is damaged does not open a second time either, and is not tried a third time', async () => {
  const door = createDoor([damaged, damaged]);
  await expect(door.open()).rejects.toBe(damaged);
  expect(door.openings()).toBe(2);
});

test('the second opening says by itself why it failed', async () => {
  await expect(createDoor([damaged, full]).open()).rejects.toBe(full);
});

test('any other failure is final at once', async () => {
  const door = createDoor([full]);
  await expect(door.open()).rejects.toBe(full);
  expect(door.openings()).toBe(1);
});
