#!/usr/bin/env node
import { oldNodeRefusal } from '@xmtp-messaging/errors/process';

const refusal = oldNodeRefusal('xmtp-messaging', process.versions.node);
if (refusal !== null) {
  process.stderr.write(refusal);
  process.exit(2);
}
const { processTerminal } = await import('./process-terminal.ts');
const { runCli } = await import('./run-cli.ts');
process.exitCode = await runCli(processTerminal());
