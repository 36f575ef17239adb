import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';

/** A program that plays id-cli, made of one function body. */
export interface FakeIdCli {
  /** For the resolver's `idCli.command`. */
  command: [string, ...string[]];
  /** The folder of the program; nothing of it is passed to the program by the resolver. */
  folder: string;
  /** How it was called, one entry per run. */
  runs: () => Promise<{ argv: string[]; env: Record<string, string>; cwd: string; files: string[]; pid: number }[]>;
}

/**
 * Writes the program into a folder of the current test.
 * @param body What it does after noting how it was called: `name` is the name it was asked for; Node's modules `fs`,
 * `path`, `child_process` are in scope.
 */
export async function writeFakeIdCli(body: string): Promise<FakeIdCli> {
  const folder = await temporaryDirectory();
  const log = join(folder, 'runs.jsonl');
  const file = join(folder, 'id-cli');
  await writeFile(
    file,
    `#!/usr/bin/env node
const fs = require('node:fs'), path = require('node:path'), child_process = require('node:child_process');
const name = process.argv.at(-1);
fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify({ argv: process.argv.slice(2), env: process.env, cwd: process.cwd(), files: fs.readdirSync('.'), pid: process.pid }) + '\\n');
${body}
`,
    { mode: 0o755 },
  );
  return {
    command: [file],
    folder,
    async runs() {
      const lines = (await readFile(log, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
      return lines.map((line) => JSON.parse(line) as never);
    },
  };
}
