#!/usr/bin/env node
import { Command } from 'commander';
import { createDevnet } from './create-devnet.ts';

const program = new Command('xmtp-devnet')
  .description('A local XMTP network in one process.')
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--port <number>', 'gRPC port; 0 picks a free one', '5556')
  .option('--data <folder>', 'keep everything in this folder; memory only without it')
  .option('--json', 'print one JSON line when ready instead of a banner')
  .action(async (options: { host: string; port: string; data?: string; json?: true }) => {
    const network = await createDevnet({ host: options.host, port: Number(options.port), dataDir: options.data });
    process.stdout.write(
      options.json === true
        ? `${JSON.stringify({ event: 'ready', url: network.url, port: network.port })}\n`
        : `XMTP devnet at ${network.url}\n`,
    );
    const stop = () => void network.close();
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });

await program.parseAsync();
