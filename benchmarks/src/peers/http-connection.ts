import { once } from 'node:events';
import { connect } from 'node:net';

/** One HTTP/1.1 connection that stays open and carries one request after the other. */
export interface HttpConnection {
  /** @throws Error when the connection ends, or the answer has no length */
  post(path: string, json: string): Promise<{ status: number; text: string }>;
  /** Whether another request may be sent on it. */
  isOpen(): boolean;
  readonly close: () => void;
}

const headEnd = Buffer.from('\r\n\r\n');

/**
 * The least that a caller of our server can be: it works on the machine that is measured, and `node:http` takes three
 * times as much of its processor for each request.
 */
export async function openHttpConnection(baseUrl: string): Promise<HttpConnection> {
  const { hostname, port, host } = new URL(baseUrl);
  const socket = connect(Number(port), hostname).setNoDelay(true);
  await once(socket, 'connect');
  let received: Buffer = Buffer.alloc(0);
  let waiting: PromiseWithResolvers<{ status: number; text: string }> | null = null;

  const settle = (answer: { status: number; text: string } | Error) => {
    const call = waiting;
    waiting = null;
    if (answer instanceof Error) call?.reject(answer);
    else call?.resolve(answer);
  };
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const head = received.indexOf(headEnd);
    if (head < 0) return;
    const lines = received.toString('latin1', 0, head);
    const length = /^content-length: *(\d+)$/im.exec(lines)?.[1];
    if (length === undefined) {
      settle(new Error(`an answer without a length: ${lines.slice(0, 200)}`));
      socket.destroy();
      return;
    }
    const end = head + headEnd.length + Number(length);
    if (received.length < end) return;
    const text = received.toString('utf8', head + headEnd.length, end);
    received = received.subarray(end);
    settle({ status: Number(lines.slice(9, 12)), text });
  });
  socket.setTimeout(120_000, () => socket.destroy(new Error('nothing came for 120 s')));
  socket.on('error', settle);
  socket.on('close', () => settle(new Error('the connection was closed')));

  return {
    post(path, json) {
      waiting = Promise.withResolvers();
      const head = `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(json)}\r\n\r\n`;
      socket.write(head + json);
      return waiting.promise;
    },
    isOpen: () => !socket.destroyed && !socket.readableEnded,
    close: () => socket.destroy(),
  };
}
