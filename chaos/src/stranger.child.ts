// Inboxes that nobody knows write once each: node stranger.child.ts URL PROTOCOL COUNT ADDRESS... ; prints a line for each.
import { createPerson, writeAll } from './create-person.ts';

const [url, protocol, count, ...addresses] = process.argv.slice(2);
/** Each waits for the network most of the time. */
const sideBySide = 6;
let index = 0;

async function come(): Promise<void> {
  while (index < Number(count)) {
    const to = addresses[(index += 1) % addresses.length]!;
    try {
      const stranger = createPerson(url!, protocol as 'v3' | 'd14n');
      await writeAll(await stranger.register(), to, [`stranger:${stranger.address};`]);
      process.stdout.write('wrote\n');
    } catch {
      // The network is having a bad day as well.
    }
  }
}

await Promise.all(Array.from({ length: sideBySide }, come));
process.exit();
