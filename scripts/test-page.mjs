// The browser tests with all of their ten thousand messages and a thousand knocks, and every size and colour.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const child = spawn('vitest', ['run', 'apps/server/test/page', ...process.argv.slice(2)], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env: { ...process.env, PAGE_FULL: '1' },
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
