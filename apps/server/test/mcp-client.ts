import { Client, type ClientOptions, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { onTestFinished } from 'vitest';
import { createMemoryApp, type MemoryApp, type MemoryAppOptions } from './memory-app.ts';

/** The official client over streamable HTTP, of the protocol up to 2025-11-25 unless `options` say otherwise. */
export async function connectMcp(app: MemoryApp, token?: string, options: ClientOptions = {}): Promise<Client> {
  const client = new Client({ name: 'test', version: '1.0.0' }, options);
  const transport = new StreamableHTTPClientTransport(new URL('http://localhost:4101/mcp'), {
    fetch: async (url, init) => {
      const headers = new Headers(init?.headers);
      headers.set('host', 'localhost:4101');
      if (token !== undefined) headers.set('authorization', `Bearer ${token}`);
      return await app.fetch(new Request(url, { ...init, headers }));
    },
  });
  await client.connect(transport);
  onTestFinished(() => client.close());
  return client;
}

/** A mailbox in memory, and a client of its tools. */
export async function openMcp(options: MemoryAppOptions = {}, token?: string, ofClient: ClientOptions = {}) {
  const app = await createMemoryApp(options);
  const client = await connectMcp(app, token, ofClient);
  const call = async (name: string, args: Record<string, unknown> = {}) =>
    await client.callTool({ name, arguments: args });
  return { app, client, call };
}

/** The text of each block. */
export const textsOf = (result: { content: unknown[] }) =>
  (result.content as { type: string; text: string }[]).map(({ text }) => text);
