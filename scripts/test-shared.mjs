// The end-to-end tests of the server and of the command line, each server an agent behind a port that could have several.
import { spawn } from 'node:child_process';

const filters = process.argv.slice(2);
const rooms = ['apps/server/test', 'apps/cli/test'];
const child = spawn('vitest', ['run', '--project', 'e2e', ...(filters.length > 0 ? filters : rooms)], {
  stdio: 'inherit',
  env: { ...process.env, XMTP_TEST_SHARED: '1' },
});
child.once('close', (code, signal) => {
  process.exitCode = code ?? (signal === null ? 1 : 128);
});
