import { createServer } from 'node:net';

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

/** The first port from `start` upwards that is free on loopback and not in `taken`. */
export async function findFreePort(start: number, taken: ReadonlySet<number>): Promise<number> {
  for (let port = start; port < start + 1_000; port += 1) {
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Error(`No free port between ${start} and ${start + 999}.`);
}
