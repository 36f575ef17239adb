// Loaded before the program: an error that nobody waits for, once, in what makes a certain folder. Run by shared.e2e.test.ts.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const { mkdirSync } = fs;
let isPlanted = false;
fs.mkdirSync = ((path: string, ...rest: [never]) => {
  if (!isPlanted && path.endsWith(process.env['PLANTED_IN'] ?? '\0')) {
    isPlanted = true;
    setImmediate(() => {
      throw new Error('planted');
    });
  }
  return mkdirSync(path, ...rest);
}) as typeof mkdirSync;
syncBuiltinESMExports();
