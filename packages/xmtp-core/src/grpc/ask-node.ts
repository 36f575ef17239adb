import { connect } from 'node:http2';
import { callUnary, type UnaryOptions } from './call-unary.ts';

/** Asks a node or a gateway one question over a connection of its own. Rejects with the network's words or the socket's. */
export async function askNode(url: string, path: string, request: Uint8Array, options: UnaryOptions): Promise<Buffer> {
  const session = connect(url);
  try {
    const failed = new Promise<never>((_, reject) => {
      session.on('error', reject);
    });
    return await Promise.race([callUnary(session, path, request, options), failed]);
  } finally {
    session.destroy();
  }
}
