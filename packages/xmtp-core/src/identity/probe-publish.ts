import { askNode } from '../grpc/ask-node.ts';

const path = '/xmtp.mls.api.v1.MlsApi/SendGroupMessages';
/** One message without content: no node stores it, and none looks at it before its limits. */
const emptyMessage = Buffer.from([0x0a, 0x02, 0x0a, 0x00]);
/** What a node says that takes messages, just not this one. */
const takes = /gRPC status (3|9|13):/;

/**
 * Why the network takes no messages; `null` when it does. The SDK says only that it gave up. Costs one publication when
 * the network takes messages.
 */
export async function probePublish(url: string, timeoutMs = 5_000): Promise<Error | null> {
  try {
    await askNode(url, path, emptyMessage, { timeoutMs });
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error : new Error(String(error));
    return takes.test(reason.message) ? null : reason;
  }
}
