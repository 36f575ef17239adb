#!/usr/bin/env node
import { oldNodeRefusal } from '@xmtp-messaging/errors/process';

const refusal = oldNodeRefusal('xmtp-messaging-skill', process.versions.node);
if (refusal !== null) {
  process.stderr.write(refusal);
  process.exit(2);
}
const { runCli } = await import('./run-cli.ts');
process.exitCode = await runCli({
  args: process.argv.slice(2),
  env: process.env,
  print: (text) => void process.stdout.write(text),
  printError: (text) => void process.stderr.write(text),
});
