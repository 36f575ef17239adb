import { Agent, request } from 'node:http';
import { type HttpConnection, openHttpConnection } from './http-connection.ts';

/** A client with connections that stay open, one for each caller. */
export interface HttpClient {
  /** What is measured. @throws Error with the answer's body unless the status is 2xx. */
  postJson(path: string, body: unknown): Promise<unknown>;
  /** @throws Error with the answer's body unless the status is 2xx. */
  putJson(path: string, body: unknown): Promise<unknown>;
  getJson(path: string): Promise<unknown>;
  /** Calls back for each chunk of an endless answer; resolves when its headers are there. Returns how to end it. */
  follow(path: string, onChunk: (text: string) => void): Promise<() => void>;
  readonly close: () => void;
}

export function createHttpClient(baseUrl: string): HttpClient {
  // Idle connections are dropped before the server drops them (5 s): else a request may meet a connection that just closed.
  const agent = new Agent({ keepAlive: true, maxSockets: 128, timeout: 3_000 });

  const connections: { connection: HttpConnection; since: number }[] = [];

  const exchange = (method: string, path: string, body?: string): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const headers =
        body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const call = request(new URL(path, baseUrl), { method, agent, headers, timeout: 120_000 }, (answer) => {
        answer.setEncoding('utf8');
        let text = '';
        answer.on('data', (chunk: string) => (text += chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const status = answer.statusCode ?? 0;
          if (status >= 200 && status < 300) resolve(text === '' ? null : JSON.parse(text));
          else reject(new Error(`${method} ${path} answered ${status}: ${text.slice(0, 500)}`));
        });
      });
      call.on('timeout', () => call.destroy(new Error(`${method} ${path} took more than 120 s`)));
      call.on('error', reject);
      call.end(body);
    });

  return {
    async postJson(path, body) {
      let idle = connections.pop();
      // The server drops connections that rested for 5 s.
      while (idle !== undefined && (!idle.connection.isOpen() || performance.now() - idle.since > 3_000)) {
        idle.connection.close();
        idle = connections.pop();
      }
      const connection = idle?.connection ?? (await openHttpConnection(baseUrl));
      const { status, text } = await connection.post(path, JSON.stringify(body));
      connections.push({ connection, since: performance.now() });
      if (status < 200 || status > 299) throw new Error(`POST ${path} answered ${status}: ${text.slice(0, 500)}`);
      return JSON.parse(text);
    },
    putJson: (path, body) => exchange('PUT', path, JSON.stringify(body)),
    getJson: (path) => exchange('GET', path),
    follow: (path, onChunk) =>
      new Promise((resolve, reject) => {
        const call = request(new URL(path, baseUrl), { agent, headers: { accept: 'text/event-stream' } }, (answer) => {
          if (answer.statusCode !== 200) {
            reject(new Error(`GET ${path} answered ${answer.statusCode}`));
            call.destroy();
            return;
          }
          answer.setEncoding('utf8');
          answer.on('data', onChunk);
          answer.on('error', () => {});
          resolve(() => call.destroy());
        });
        call.on('error', reject);
        call.end();
      }),
    close: () => {
      agent.destroy();
      for (const { connection } of connections.splice(0)) connection.close();
    },
  };
}
