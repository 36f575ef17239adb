import type { Writable } from 'node:stream';
import type { ByteLease } from './create-byte-budget.ts';

/** Writes, and waits until a slow reader has caught up or gone away. @throws GrpcError when too much waits already. */
export async function writeDrained(out: Writable, chunk: Buffer | string, lease: ByteLease): Promise<void> {
  if (out.destroyed || out.writableEnded || out.write(chunk)) return;
  lease.take(chunk.length);
  await new Promise<void>((resolve) => {
    const done = () => {
      out.off('drain', done);
      out.off('close', done);
      resolve();
    };
    out.on('drain', done);
    out.on('close', done);
  });
  lease.give(chunk.length);
}
