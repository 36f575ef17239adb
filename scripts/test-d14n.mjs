// The end-to-end tests, each network of theirs a gateway with its node. Those of the devnet say themselves which they are of.
import { spawn } from 'node:child_process';

const filters = process.argv.slice(2);
const rooms = ['packages/xmtp-core', 'packages/agent', 'packages/ows-signer', 'apps/', 'examples/', 'chaos/'];
const child = spawn('vitest', ['run', '--project', 'e2e', ...(filters.length > 0 ? filters : rooms)], {
  stdio: 'inherit',
  env: { ...process.env, XMTP_TEST_PROTOCOL: 'd14n' },
});
child.once('close', (code, signal) => {
  process.exitCode = code ?? (signal === null ? 1 : 128);
});
