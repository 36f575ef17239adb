import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { sourceFlags } from '@xmtp-messaging/testing/source-flags';
import { expect, test } from 'vitest';
import { moveHome } from '../src/index.ts';
import { readHomeState } from '../src/home/home-state.ts';

const child = fileURLToPath(new URL('move-home-child.ts', import.meta.url));
const state = {
  version: 1,
  address: `0x${'a'.repeat(40)}`,
  network: 'local',
  inboxId: 'inbox',
  installationId: 'installation',
  registeredAt: 1,
  pendingInstallationId: null,
  burnedInstallationIds: [],
};

/** A home as it lies on the disk; what is in its databases is nobody's business here. */
async function createHome() {
  const above = await temporaryDirectory();
  const home = join(above, 'home');
  mkdirSync(join(home, 'inbox'), { recursive: true, mode: 0o700 });
  const files = {
    'state.json': JSON.stringify(state),
    'xmtp.db': 'd'.repeat(200_000),
    'journal.db': 'j',
    'inbox/pending': '1',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text, { mode: 0o600 });
  const kept = Object.entries(files).filter(([name]) => name !== 'state.json');
  return { home, to: join(above, 'moved'), kept };
}

/** Whether a mailbox could be opened there. */
const opens = (folder: string) => {
  const found = readHomeState(join(folder, 'state.json'));
  return found !== null && found.ended === undefined;
};

test.each([
  ['before anything was copied', 'mkdir', 1],
  ['with a part of the files', 'copyFile', 2],
  ['when all are copied', 'rename', 1],
  ['when the fence stands', 'rename', 2],
  ['when it is in its place', 'open', 'last'],
] as const)(
  'killed %s, never both homes open, nothing is lost, and the same call ends it',
  async (_when, call, nth) => {
    const { home, to, kept } = await createHome();
    const order = JSON.stringify({ home, to, call, nth });
    const died = await new Promise<unknown>((resolve) => {
      execFile(process.execPath, [...sourceFlags, child, order], (error) => resolve(error?.signal));
    });
    expect(died).toBe('SIGKILL');
    // One of the two, or the one that the same call puts in its place.
    expect([opens(home), opens(to)].filter(Boolean).length).toBe(call === 'rename' && nth === 2 ? 0 : 1);
    await moveHome({ home, to });
    expect([opens(home), opens(to)]).toEqual([false, true]);
    for (const [name, text] of kept) expect(readFileSync(join(to, name), 'utf8')).toBe(text);
    expect(readdirSync(join(to, '..')).toSorted()).toEqual(['home', 'moved']);
  },
);
