#!/usr/bin/env node
import { homedir } from 'node:os';
import { runCli } from './cli/run-cli.ts';
import { hostGlibc } from './host-glibc.ts';

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
