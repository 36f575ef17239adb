#!/usr/bin/env node
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(`xmtp-messaging needs Node 22.18 or later; this is ${process.versions.node}.\n`);
  process.exit(2);
}
const { processTerminal } = await import('./process-terminal.ts');
const { runCli } = await import('./run-cli.ts');
process.exitCode = await runCli(processTerminal());
