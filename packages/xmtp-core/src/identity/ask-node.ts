import { connect } from 'node:http2';
import { callUnary } from '../grpc/call-unary.ts';

/** Asks a V3 node one question over a connection of its own. Rejects with the node's words or the socket's. */
export async function askNode(url: string, path: string, request: Uint8Array, timeoutMs: number): Promise<Buffer> {
  const session = connect(url);
  try {
    const failed = new Promise<never>((_, reject) => {
      session.on('error', reject);
    });
    return await Promise.race([callUnary(session, path, request, { timeoutMs }), failed]);
  } finally {
    session.destroy();
  }
}
