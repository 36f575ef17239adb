import { fileURLToPath } from 'node:url';

/** How to run the server: its program beside the entry of its package, by this Node, with the flags of this process. */
export function serverProgram(): readonly [string, ...string[]] {
  const entry = import.meta.resolve('@xmtp-messaging/server');
  const main = new URL(entry.endsWith('.ts') ? 'main.ts' : 'main.js', entry);
  return [process.execPath, ...process.execArgv, fileURLToPath(main)];
}
