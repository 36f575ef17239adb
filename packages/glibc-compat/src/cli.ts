#!/usr/bin/env node
import { homedir } from 'node:os';
import { oldNodeRefusal } from '@xmtp-messaging/errors/process';

const refusal = oldNodeRefusal('xmtp-glibc-compat', process.versions.node);
if (refusal !== null) {
  process.stderr.write(refusal);
  process.exit(2);
}
const { runCli } = await import('./cli/run-cli.ts');
const { hostGlibc } = await import('./host-glibc.ts');
const { exitCode, stdout, stderr } = runCli({
  args: process.argv.slice(2),
  // oxlint-disable-next-line node/no-process-env -- a program, not a library
  env: process.env,
  cwd: process.cwd(),
  home: homedir(),
  platform: process.platform,
  arch: process.arch,
  glibc: hostGlibc(),
});
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exitCode;
