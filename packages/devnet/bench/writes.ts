// One connection writes 24,000 group messages, one after the other; the network's memory must stay flat.
// Run it with `pnpm --filter @xmtp-messaging/devnet bench:writes`; `WRITES` changes the size.
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { MlsApi } from '../src/gen/xmtp/mls/api/v1/mls_pb.ts';
import { createDevnet } from '../src/index.ts';
import { createGroupMessage } from '../test/payloads.ts';

const rounds = 8;
const groups = 20;
const perRound = Math.floor(Number(process.env['WRITES'] ?? 24_000) / rounds);
const toMegabytes = (bytes: number) => `${Math.round(bytes / 1_048_576)} MB`;

/** The child: a network, and its memory after a full collection whenever it is asked. */
async function runNetwork(dataDir: string): Promise<void> {
  const network = await createDevnet({ dataDir });
  process.on('message', () => {
    globalThis.gc!();
    const { heapUsed, rss } = process.memoryUsage();
    process.send!({ heapUsed, rss });
  });
  process.on('disconnect', () => void network.close());
  process.send!({ url: network.url });
}

async function measure(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'xmtp-devnet-writes-'));
  const child = fork(fileURLToPath(import.meta.url), [folder], { execArgv: [...process.execArgv, '--expose-gc'] });
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const rpc = createClient(MlsApi, createGrpcTransport({ baseUrl: url }));
  const groupIds = Array.from({ length: groups }, () => randomBytes(16));
  for (let round = 1; round <= rounds; round++) {
    const start = performance.now();
    for (let index = 0; index < perRound; index++) {
      const data = createGroupMessage(groupIds[index % groups]!);
      await rpc.sendGroupMessages({ messages: [{ version: { case: 'v1', value: { data } } }] });
    }
    const each = (performance.now() - start) / perRound;
    child.send('measure');
    const [{ heapUsed, rss }] = (await once(child, 'message')) as [NodeJS.MemoryUsage];
    const line = `${round * perRound} writes  ${each.toFixed(2)} ms each  heap ${toMegabytes(heapUsed)}  resident ${toMegabytes(rss)}`;
    process.stdout.write(`${line}\n`);
  }
  child.disconnect();
  await once(child, 'exit');
  await rm(folder, { recursive: true });
}

const [dataDir] = process.argv.slice(2);
await (dataDir === undefined ? measure() : runNetwork(dataDir));
