import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A file system of its own that can be filled and made read-only. */
export interface SmallDisk {
  path: string;
  fill: () => void;
  free: () => void;
  setReadOnly: (readOnly: boolean) => void;
}

/** Mounts a small tmpfs. Only root may, and only where mounting is allowed; anywhere else this throws and says so. */
export function mountSmallDisk(): SmallDisk {
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'xmtp-messaging-disk-'));
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'pipe' });
  try {
    run('mount', '-t', 'tmpfs', '-o', 'size=24m,mode=700', 'tmpfs', path);
  } catch (cause) {
    rmSync(path, { recursive: true });
    throw new Error('These tests mount a tmpfs: run them as root, with CAP_SYS_ADMIN.', { cause });
  }
  onTestFinished(() => {
    run('umount', '--lazy', path);
    rmSync(path, { recursive: true });
  });
  const filler = join(path, 'filler');
  return {
    path,
    fill() {
      for (const bytes of [1 << 20, 4096]) {
        try {
          for (;;) writeFileSync(filler, Buffer.alloc(bytes), { flag: 'a' });
        } catch {
          // Full to the last block of this size.
        }
      }
    },
    free: () => rmSync(filler),
    setReadOnly: (readOnly) => void run('mount', '-o', `remount,${readOnly ? 'ro' : 'rw'}`, path),
  };
}
