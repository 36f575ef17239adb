import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openAllowlist } from '@xmtp-messaging/allowlist';
import { toRow } from '../harness/to-row.ts';
import type { Suite } from '../harness/suite.ts';
import { ratePerSecond } from '../measure/rate-per-second.ts';

const name = 'allowlist';
/** As many senders as write at the same time to a busy agent. */
const busySenders = 1_000;

export const allowlist: Suite = {
  name,
  what: 'loading a list of 100,000 entries from its file, and looking senders up in it, every second one a stranger',
  target: 'load < 1 s; >= 5e6 checks/s',
  async run(context) {
    const count = context.pick(100_000, 500);
    const checks = context.pick(5_000_000, 10_000);
    const addresses = Array.from({ length: count }, () => `0x${randomBytes(20).toString('hex')}`);
    const strangers = Array.from({ length: count }, () => `0x${randomBytes(20).toString('hex')}`);
    const path = join(await context.folder(), 'allowlist.yaml');
    const entries = addresses.map(
      (address, index) => `- address: "${address}"\n  name: "agent-${index}.team.xid.eth"\n`,
    );
    await writeFile(path, entries.join(''), { mode: 0o600 });

    const loads: number[] = [];
    const rates: Record<'busy' | 'all', number[]> = { busy: [], all: [] };
    const probes = addresses.flatMap((address, index) => [address, strangers[index]!]);
    const busy = probes.slice(0, 2 * busySenders);
    const rounds = context.pick(5, 1);
    for (let round = -1; round < rounds; round += 1) {
      context.progress(round < 0 ? 'warming up' : `round ${round + 1} of ${rounds}`);
      const start = performance.now();
      const list = await openAllowlist({ path, watch: false });
      const loaded = performance.now() - start;
      if (list.status().count !== count) throw new Error(`${list.status().count} of ${count} entries were loaded`);
      const check = (senders: readonly string[], times: number) => {
        let listed = 0;
        const rate = ratePerSecond(times, (index) => (listed += list.has(senders[index % senders.length]!) ? 1 : 0));
        if (listed !== times / 2) throw new Error(`${listed} of ${times} checks found somebody`);
        return rate;
      };
      const measured = { busy: check(busy, checks), all: check(probes, checks / 5) };
      await list.close();
      if (round < 0) continue;
      loads.push(loaded / 1_000);
      rates.busy.push(measured.busy);
      rates.all.push(measured.all);
    }

    return [
      toRow({ name, measure: 'seconds to load', ours: loads, target: { of: 'value', is: '<', limit: 1 } }),
      toRow({
        name,
        measure: `checks/s, ${busySenders} senders and as many strangers`,
        ours: rates.busy,
        target: { of: 'value', is: '>=', limit: 5e6 },
      }),
      toRow({
        name,
        measure: 'checks/s, everybody in turn',
        ours: rates.all,
        note: 'mostly the cost of memory that is in no cache',
      }),
    ];
  },
};
