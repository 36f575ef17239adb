// Loads a list of 100,000 checksummed, named entries; checks listed addresses and strangers, half and half, first as a few busy senders,
// then as everybody in turn (which measures the machine's memory more than the list); adds one entry.
// Run: node --conditions=@xmtp-messaging/source packages/allowlist/bench/load.ts
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toChecksumAddress } from '@xmtp-messaging/errors/address';
import { type Allowlist, openAllowlist } from '../src/index.ts';

const count = 100_000;
const rounds = 5;
const checks = 5_000_000;

const folder = await mkdtemp(join(tmpdir(), 'allowlist-bench-'));
try {
  const addresses = Array.from({ length: count }, () => toChecksumAddress(`0x${randomBytes(20).toString('hex')}`));
  const entries = addresses.map((address, i) => `- address: "${address}"\n  name: "agent-${i}.team.xid.eth"\n`);
  const path = join(folder, 'allowlist.yaml');
  await writeFile(path, `# ${count} friends\n${entries.join('')}`, { mode: 0o600 });

  for (let round = 0; round < rounds; round++) {
    const cpu = process.cpuUsage();
    const start = performance.now();
    const list = await openAllowlist({ path, watch: false });
    const loaded = performance.now();
    const { user, system } = process.cpuUsage(cpu);
    const strangers = addresses.map((address) => address.toLowerCase().replace(/.$/, (d) => (d === '0' ? '1' : '0')));
    const probes = addresses.flatMap((address, i) => [address.toLowerCase(), strangers[i]!]);
    const busy = measureChecks(list, probes.slice(0, 2_000));
    const everybody = measureChecks(list, probes);
    const edit = performance.now();
    await list.add({ address: strangers[0]!, name: 'late.eth' });
    const edited = performance.now();
    await list.remove('late.eth');
    await list.close();
    report({
      'load ms': loaded - start,
      'of processor': (user + system) / 1_000,
      'checks/s, busy senders': busy,
      'checks/s, everybody': everybody,
      'add ms': edited - edit,
    });
  }
} finally {
  await rm(folder, { recursive: true });
}

/** Checks per second. */
function measureChecks(list: Allowlist, probes: readonly string[]): number {
  let hits = 0;
  const start = performance.now();
  for (let i = 0; i < checks; i++) if (list.has(probes[i % probes.length]!)) hits++;
  const elapsed = performance.now() - start;
  if (hits !== checks / 2) throw new Error(`${hits} hits in ${checks} checks`);
  return (checks / elapsed) * 1000;
}

function report(numbers: Record<string, number>): void {
  const cells = Object.entries(numbers).map(([name, value]) => `${name}: ${Math.round(value).toLocaleString('en')}`);
  process.stdout.write(`${cells.join(' | ')}\n`);
}
