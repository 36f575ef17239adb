import { runCli } from './run-cli.ts';

/** Connects the program with its process. */
export async function main(): Promise<void> {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());

  process.exitCode = await runCli({
    args: process.argv.slice(2),
    env: process.env,
    print: (line) => void process.stdout.write(`${line}\n`),
    printError: (line) => void process.stderr.write(`${line}\n`),
    signal: controller.signal,
  });
}
