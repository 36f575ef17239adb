import process from 'node:process';
import type { Command } from 'commander';
import { report } from './report.ts';
import { parseWait } from './to-options.ts';

interface ChatFlags {
  readonly to?: string;
  readonly url: string;
  readonly d14n?: true;
  readonly wait: number;
  readonly json?: true;
}

/** `xmtp-devnet chat NAME`: somebody on the network who types, or is a pipe. */
export function addChatCommand(program: Command): void {
  program
    .command('chat')
    .description('Write to somebody on a local network, and see the answers; needs @xmtp/node-sdk.')
    .argument('<name>', 'who you are: any name, always the same account; 0 to 99 are the ready ones')
    .option('--to <name|address>', "who is written to, for example 'echo' (default: whoever wrote last)")
    .option('--url <url>', 'where the network is', 'http://127.0.0.1:5556')
    .option('--d14n', 'through the gateway of a decentralised network')
    .option('--wait <seconds>', 'how long a pipe that has ended waits until each line had an answer', parseWait, 60)
    .option('--json', 'print events as JSON lines instead of text')
    .action(run);
}

async function run(name: string, { to, url, d14n, wait, json = false as never }: ChatFlags): Promise<void> {
  const { stdin: input, stdout: output } = process;
  const stop = new AbortController();
  const end = () => stop.abort();
  process.once('SIGINT', end).once('SIGTERM', end);
  try {
    // A network starts without it.
    const { runChat } = await import('../chat/run-chat.ts');
    const complete = await runChat({
      name,
      to,
      place: { url, gatewayUrl: d14n === true ? url : null },
      json,
      waitMs: wait * 1_000,
      input,
      output,
      interactive: !json && input.isTTY && output.isTTY,
      signal: stop.signal,
    });
    if (!complete) process.exitCode = 1;
  } catch (error) {
    report(error);
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end);
    input.destroy();
  }
}
