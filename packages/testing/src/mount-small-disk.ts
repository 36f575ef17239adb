import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own that can be filled and made read-only. */
export interface SmallDisk {
  path: string;
  fill: () => void;
  free: () => void;
  setReadOnly: (readOnly: boolean) => void;
  unmount: () => void;
}

/** Mounts a tmpfs of 24 MB. Only root may, and only where mounting is allowed; anywhere else this throws and says so. */
export function mountSmallDisk(): SmallDisk {
  const path = mkdtempSync(join(realpathSync(tmpdir()), 'xmtp-messaging-disk-'));
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { stdio: 'pipe' });
  try {
    run('mount', '-t', 'tmpfs', '-o', 'size=24m,mode=700', 'tmpfs', path);
  } catch (cause) {
    rmSync(path, { recursive: true });
    throw new Error('No tmpfs can be mounted: that takes root with CAP_SYS_ADMIN.', { cause });
  }
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
    free: () => rmSync(filler, { force: true }),
    setReadOnly: (readOnly) => void run('mount', '-o', `remount,${readOnly ? 'ro' : 'rw'}`, path),
    unmount() {
      run('umount', '--lazy', path);
      rmSync(path, { recursive: true });
    },
  };
}
