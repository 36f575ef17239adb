// 20 clients in a ring write 20,000 messages; each receiver must read what was sent to it, once, in order.
// Run it with `pnpm --filter @xmtp-messaging/devnet bench`; `CLIENTS` and `MESSAGES` change the size.
import '@xmtp-messaging/glibc-compat/register';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const { createClients, readTexts } = await import('../test/clients.ts');

const clientCount = Number(process.env['CLIENTS'] ?? 20);
const messageCount = Number(process.env['MESSAGES'] ?? 20_000);
const perClient = Math.floor(messageCount / clientCount);
const batch = 50;
const print = (line: string) => void process.stdout.write(`${line}\n`);

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
const start = performance.now();
const folder = await mkdtemp(join(tmpdir(), 'xmtp-devnet-bench-'));
const args = ['--conditions=@xmtp-messaging/source', cli, '--port', '0', '--json', '--data', folder];
const child = spawn(process.execPath, args, {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [line] = await new Promise<string[]>((resolve) => {
  createInterface(child.stdout).once('line', (text) => resolve([text]));
});
print(`ready after ${Math.round(performance.now() - start)} ms`);
const network = JSON.parse(line!) as { url: string; historyUrl: string; pid: number };

/** Memory of the network's process, in MB. */
async function readMemory(): Promise<number> {
  const status = await readFile(`/proc/${network.pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024);
}

const clients = await createClients(network, clientCount);
const dms = await Promise.all(
  clients.map((client, index) => client.conversations.createDm(clients[(index + 1) % clientCount]!.inboxId)),
);

print('sent      ms/message  memory of the network');
let sent = 0;
for (let quarter = 1; quarter <= 4; quarter++) {
  const quarterStart = performance.now();
  const before = sent;
  const end = Math.floor((perClient * quarter) / 4);
  for (let from = Math.floor((perClient * (quarter - 1)) / 4); from < end; from += batch) {
    await Promise.all(
      dms.map(async (dm) => {
        const to = Math.min(from + batch, end);
        for (let index = from; index < to; index++) await dm.sendText(`${index}`, true);
        await dm.publishMessages();
        sent += to - from;
      }),
    );
  }
  const each = (performance.now() - quarterStart) / (sent - before);
  print(`${`${sent}`.padEnd(10)}${each.toFixed(2).padEnd(12)}${await readMemory()} MB`);
}

const readStart = performance.now();
const expected = JSON.stringify(Array.from({ length: perClient }, (_, index) => `${index}`));
let wrong = 0;
for (const [index, client] of clients.entries()) {
  await client.conversations.syncAll();
  const sender = clients[(index + clientCount - 1) % clientCount]!;
  const dm = client.conversations.listDms().find(({ peerInboxId }) => peerInboxId === sender.inboxId)!;
  if (JSON.stringify(await readTexts(dm)) !== expected) wrong++;
}
print(`read back in ${Math.round(performance.now() - readStart)} ms; ${await readMemory()} MB`);
print(wrong === 0 ? `all ${sent} messages once and in order` : `${wrong} conversations differ from what was sent`);
child.kill('SIGTERM');
await rm(folder, { recursive: true, force: true });
process.exitCode = wrong === 0 ? 0 : 1;
