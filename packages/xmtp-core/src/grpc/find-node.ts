import { askNode } from './ask-node.ts';
import { readNodes } from './envelope-wire.ts';

const listPath = '/xmtp.xmtpv4.payer_api.PayerApi/GetNodes';
const healthPath = '/grpc.health.v1.Health/Check';

/**
 * The address of a node of the decentralised network that is well: the first to say so of those that the gateway knows.
 * Rejects with the words of the gateway, or of a node when none is well.
 */
export async function findNode(gatewayUrl: string, timeoutMs = 8_000): Promise<string> {
  const ask = (url: string, path: string) => askNode(url, path, Buffer.alloc(0), { timeoutMs });
  const urls = readNodes(await ask(gatewayUrl, listPath));
  if (urls.length === 0) throw new Error('the gateway knows no node');
  try {
    return await Promise.any(urls.map(async (url) => await ask(url, healthPath).then(() => url)));
  } catch (error) {
    throw error instanceof AggregateError ? error.errors[0] : error;
  }
}
