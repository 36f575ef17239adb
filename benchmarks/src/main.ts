import { readFile, writeFile } from 'node:fs/promises';
import { replaceBlock, stopOnSignals } from '@xmtp-messaging/stage';
import { createProgress } from './cli/create-progress.ts';
import { parseOptions } from './cli/parse-options.ts';
import { createStage } from './harness/create-stage.ts';
import { runSuites } from './harness/run-suites.ts';
import { profileSends } from './profile/profile-sends.ts';
import { toMarkdown } from './report/to-markdown.ts';
import { toSummary } from './report/to-summary.ts';
import { toTable } from './report/to-table.ts';
import { suites } from './suites/index.ts';

const docs = new URL('../../docs/performance.md', import.meta.url);

const list = (): string =>
  suites
    .map(({ name, what, target }) => `${name.padEnd(16)}${what}\n${' '.repeat(16)}must reach: ${target}\n`)
    .join('');

/** Prints where the time of a send goes. */
async function profile({ minute, updateDocs }: { minute: boolean; updateDocs: boolean }): Promise<number> {
  const stage = createStage();
  const progress = createProgress(process.stderr);
  progress.begin('profile', 1, 1);
  const start = performance.now();
  const { context, end: cleanUp } = stage.contextFor({ minute, progress: progress.step });
  try {
    const table = await profileSends(context);
    process.stdout.write(table);
    if (updateDocs) await writeFile(docs, replaceBlock(await readFile(docs, 'utf8'), 'parts', table));
    progress.end('profile', Math.round((performance.now() - start) / 100) / 10, false);
    return 0;
  } finally {
    await cleanUp();
    await stage.close();
  }
}

async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(
    args,
    suites.map(({ name }) => name),
  );
  if ('text' in options) {
    (options.exitCode === 0 ? process.stdout : process.stderr).write(options.text);
    return options.exitCode;
  }
  if (options.list) {
    process.stdout.write(list());
    return 0;
  }

  const stop = stopOnSignals();
  if (options.profile) return await profile(options);
  const wanted = suites.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
  try {
    const run = await runSuites({
      suites: wanted,
      minute: options.minute,
      progress: createProgress(process.stderr),
      signal: stop.signal,
    });
    const print = {
      json: (one: typeof run) => `${JSON.stringify(one, null, 2)}\n`,
      markdown: toMarkdown,
      table: toTable,
    };
    process.stdout.write(print[options.output](run));
    if (options.updateDocs) {
      const table = replaceBlock(await readFile(docs, 'utf8'), 'bench', toMarkdown(run));
      await writeFile(docs, replaceBlock(table, 'summary', toSummary(run)));
    }
    return run.failures.length === 0 ? 0 : 1;
  } catch (error) {
    const exitCode = stop.exitCode();
    if (exitCode === null) throw error;
    return exitCode;
  }
}

// Exits rather than ends: a benchmark that was stopped half-way may still be waiting for something.
process.exit(await main(process.argv.slice(2)));
