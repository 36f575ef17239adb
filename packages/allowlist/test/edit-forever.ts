// A process that keeps adding numbered entries to a list until it is killed, or has added as many as it was told to.
import { openAllowlist } from '../src/index.ts';

const [path = '', prefix = '', count = '0'] = process.argv.slice(2);
const list = await openAllowlist({ path, watch: false, lockTimeoutMs: 60_000 });
for (let i = 1; i <= Number(count); i++) {
  await list.add({ address: `0x${prefix}${i.toString(16).padStart(38, '0')}`, name: `${prefix}-${i}.eth` });
  process.stdout.write(`${i}\n`);
}
await list.close();
