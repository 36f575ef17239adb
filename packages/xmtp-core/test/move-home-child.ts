// A process that moves a home, and dies at a call of the file system. Run by move-killed.e2e.test.ts.
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { home, to, call, nth } = JSON.parse(process.argv[2]!) as {
  home: string;
  to: string;
  call: 'mkdir' | 'copyFile' | 'rename' | 'open';
  nth: number | 'last';
};
const real = fs[call] as (...values: unknown[]) => Promise<unknown>;
let calls = 0;
let isInPlace = false;
const counted = async (...values: unknown[]) => {
  calls += 1;
  if (nth === 'last' ? isInPlace : calls === nth) process.kill(process.pid, 'SIGKILL');
  return await real(...values);
};
Object.assign(fs, { [call]: counted });
if (nth === 'last') {
  const { rename } = fs;
  Object.assign(fs, {
    rename: async (from: string, into: string) => {
      await rename(from, into);
      isInPlace = into === to;
    },
  });
}
syncBuiltinESMExports();
const { moveHome } = await import('../src/move-home.ts');
await moveHome({ home, to });
