// The end-to-end tests of the mailbox, the agent and the server, each network of theirs a gateway with its node.
import { spawn } from 'node:child_process';

const filters = process.argv.slice(2);
const rooms = ['packages/xmtp-core/test', 'packages/agent/test', 'apps/server/test', 'packages/devnet/test/d14n'];
const child = spawn('vitest', ['run', '--project', 'e2e', ...(filters.length > 0 ? filters : rooms)], {
  stdio: 'inherit',
  env: { ...process.env, XMTP_TEST_PROTOCOL: 'd14n' },
});
child.once('close', (code, signal) => {
  process.exitCode = code ?? (signal === null ? 1 : 128);
});
