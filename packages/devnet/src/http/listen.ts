import type { AddressInfo, Server } from 'node:net';
import { cannotListen } from '../errors.ts';

/** Listens, and returns the port. @throws DevnetError CANNOT_LISTEN */
export async function listen(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const refuse = (cause: unknown) => reject(cannotListen({ host, port, cause }));
    server.once('error', refuse);
    try {
      server.listen(port, host, resolve);
    } catch (cause) {
      refuse(cause);
    }
  });
  return (server.address() as AddressInfo).port;
}
