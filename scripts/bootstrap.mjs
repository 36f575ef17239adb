#!/usr/bin/env node
// Entry of every root script. Plain JavaScript without dependencies: it must run on any Node >= 18, before
// anything is installed. It finds or fetches the toolchain, installs the workspace when it changed, runs the task.
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installWorkspace } from './bootstrap/dependencies.mjs';
import { SetupError } from './bootstrap/failure.mjs';
import { createReporter } from './bootstrap/reporter.mjs';
import { runTask } from './bootstrap/run.mjs';
import { buildPage, describeTasks, planTask } from './bootstrap/tasks.mjs';
import { prepareToolchain } from './bootstrap/toolchain.mjs';

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));

async function main([name, ...args]) {
  const task = name === undefined ? null : planTask(name, args);
  if (task === null) {
    process.stderr.write(describeTasks());
    return name === undefined || name === '--help' ? 0 : 2;
  }
  const reporter = createReporter(process.stderr);
  try {
    const toolchain = await prepareToolchain({ root, env: process.env, versions: process.versions, reporter });
    const path = [...toolchain.path, join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
    const env = { ...process.env, PATH: path };
    await installWorkspace({ root, env, pnpm: toolchain.pnpm, reporter });
    reporter.done();
    const place = { root, env, node: toolchain.node, userFolder: process.env.INIT_CWD ?? process.cwd() };
    if (task.page) await runTask(buildPage, place);
    return await runTask(task, place);
  } catch (error) {
    reporter.fail();
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
