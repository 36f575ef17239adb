import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { openLog } from './open-log.ts';
import { tailLog } from './tail-log.ts';

const { signal: never } = new AbortController();

async function tail(path: string, lines: number): Promise<string[]> {
  const seen: string[] = [];
  await tailLog(path, { lines, follow: false, onLine: (line) => seen.push(line), signal: never });
  return seen;
}

test('the last lines reach back behind a rotation', async () => {
  const path = join(await temporaryDirectory(), 'xmtp.log');
  expect(await tail(path, 5)).toEqual([]);
  const log = openLog(path, 20);
  for (let line = 1; line <= 7; line += 1) log.line(`line ${line}`);
  log.close();
  expect(await tail(path, 3)).toEqual(['line 5', 'line 6', 'line 7']);
  expect(await tail(path, 1)).toEqual(['line 7']);
  expect(await tail(path, 0)).toEqual([]);
});

test('following begins before there is a file, and goes on over rotations, whatever the bytes', async () => {
  const path = join(await temporaryDirectory(), 'xmtp.log');
  const stop = new AbortController();
  const seen: string[] = [];
  const following = tailLog(path, { lines: 9, follow: true, onLine: (line) => seen.push(line), signal: stop.signal });
  const log = openLog(path, 40);
  const expected: string[] = [];
  for (let line = 1; line <= 12; line += 1) {
    const text = `zeile ${line} ü😀`;
    expected.push(text);
    log.line(text);
    // One rotation at a time: what was rotated away twice is gone.
    await waitFor(() => seen.length === expected.length);
  }
  log.close();
  expect(seen).toEqual(expected);
  // A character in two halves.
  const bytes = Buffer.from('é\n');
  await appendFile(path, bytes.subarray(0, 1));
  await appendFile(path, bytes.subarray(1));
  await waitFor(() => seen.length > expected.length);
  expect(seen.at(-1)).toBe('é');
  stop.abort();
  await following;
});

test('there is nothing to follow where there is no folder', async () => {
  const path = join(await temporaryDirectory(), 'gone', 'xmtp.log');
  expect(await tailLog(path, { lines: 1, follow: true, onLine: () => {}, signal: never })).toBe(undefined);
});
