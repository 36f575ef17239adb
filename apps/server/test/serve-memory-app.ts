import { onTestFinished } from 'vitest';
import { listen } from '../src/http/listen.ts';
import { createMemoryApp, type MemoryApp, type MemoryAppOptions } from './memory-app.ts';

/** A mailbox in memory behind a real port. */
export interface ServedApp extends MemoryApp {
  url: string;
  port: number;
  /** A link of the page, good for once. */
  link(): Promise<string>;
  /** Ends the server and gives its port back. */
  stop(): Promise<void>;
}

export async function serveMemoryApp(options: MemoryAppOptions = {}, port = 0): Promise<ServedApp> {
  const app = await createMemoryApp({ requestsPerMinute: 1_000_000, ...options });
  const listener = await listen({ host: '127.0.0.1', port, fetch: app.fetch });
  let stopped: Promise<void> | null = null;
  const stop = () =>
    (stopped ??= (async () => {
      await app.close();
      await listener.close({ timeoutMs: 0 });
    })());
  onTestFinished(stop);
  const url = `http://127.0.0.1:${listener.port}`;
  return {
    ...app,
    url,
    port: listener.port,
    stop,
    link: async () => {
      const made = (await (await app.operator('POST', '/xmtp/page/links')).json()) as { path: string };
      return url + made.path;
    },
  };
}
