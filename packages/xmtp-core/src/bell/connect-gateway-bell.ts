import type { TopicCursor } from '../grpc/wire.ts';
import { findNode } from '../grpc/find-node.ts';
import { type BellConnection, type BellConnectionOptions, connectBell } from './connect-bell.ts';

/** A bell at a node that the gateway names, a well one each time: when its node goes down, the next hangs at another. */
export function connectGatewayBell(
  options: Omit<BellConnectionOptions, 'url' | 'network'> & { gatewayUrl: string },
): BellConnection {
  const { gatewayUrl, ...rest } = options;
  let connection: BellConnection | null = null;
  let closed = false;
  const early: TopicCursor[] = [];
  const hang = async () => {
    const url = await findNode(gatewayUrl);
    if (closed) return;
    connection = connectBell({ ...rest, url, network: 'd14n' });
    connection.add(early);
  };
  hang().catch((error: Error) => {
    if (!closed) options.onDown(error.message);
  });
  return {
    add(groups) {
      if (connection === null) early.push(...groups);
      else connection.add(groups);
    },
    close() {
      closed = true;
      connection?.close();
    },
  };
}
