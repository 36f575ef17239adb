import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createMemoryApp, type MemoryApp } from '../../test/memory-app.ts';
import { connectMcp } from '../../test/mcp-client.ts';
import { type AskMailbox, createMcpFactory, readMailboxAnswer } from './index.ts';

const latest = { versionNegotiation: { mode: { pin: '2026-07-28' } } };

/** The official client over one connection for all, as `xmtp-messaging mcp` serves it. */
async function connectStdio(app: MemoryApp, options: object): Promise<Client> {
  const ask: AskMailbox = async (call) =>
    await readMailboxAnswer(
      await app.fetch(
        new Request(`http://localhost:4101${call.path}`, {
          method: call.method,
          headers: { host: 'localhost:4101', 'content-type': 'application/json' },
          ...(call.method === 'POST' ? { body: JSON.stringify(call.body ?? {}) } : {}),
          ...(call.signal === undefined ? {} : { signal: call.signal }),
        }),
      ),
      call,
    );
  const [ofClient, ofServer] = InMemoryTransport.createLinkedPair();
  const served = serveStdio(createMcpFactory({ version: '0', askFor: () => ask }), { transport: ofServer });
  onTestFinished(() => served.close());
  const client = new Client({ name: 'test', version: '1.0.0' }, options);
  await client.connect(ofClient);
  onTestFinished(() => client.close());
  return client;
}

const connections: [string, (app: MemoryApp) => Promise<Client>][] = [
  ['HTTP by 2025-11-25', (app) => connectMcp(app)],
  ['HTTP by 2026-07-28', (app) => connectMcp(app, undefined, latest)],
  ['stdio by 2025-11-25', (app) => connectStdio(app, {})],
  ['stdio by 2026-07-28', (app) => connectStdio(app, latest)],
];
const cases = connections.flatMap(([name, connect]) => [
  { name: `${name}, without progress`, connect, options: {} },
  { name: `${name}, with progress`, connect, options: { onprogress: () => {} } },
]);

// A host gives up after a minute, and its model asks again: what the first wait took would be lost.
test.each(cases)(
  'over $name, a wait that was cancelled ends, and acknowledges nothing',
  async ({ connect, options }) => {
    const app = await createMemoryApp();
    const client = await connect(app);
    const stop = new AbortController();
    const args = { timeoutSeconds: 600, acknowledge: true };
    const waiting = client.callTool({ name: 'wait_for_message', arguments: args }, { ...options, signal: stop.signal });
    const ended = waiting.catch(String);
    await waitFor(() => app.mailbox.subscribers > 0, { timeoutMs: 20_000, what: 'a wait' });
    stop.abort();
    expect(await ended).toMatch(/abort/iu);
    await waitFor(() => app.mailbox.subscribers === 0, { timeoutMs: 20_000, what: 'the end of the wait' });
    const { messageId } = await app.mailbox.receive({ text: 'Hello' });
    const next = await client.callTool({ name: 'wait_for_message', arguments: args });
    expect(next.structuredContent).toMatchObject({ messages: [{ id: messageId, state: 'delivered' }] });
  },
);

test.each(connections)('over %s, a wait hears that the server shuts down', async (_, connect) => {
  const app = await createMemoryApp();
  const client = await connect(app);
  const waiting = client.callTool(
    { name: 'wait_for_message', arguments: { timeoutSeconds: 600 } },
    { onprogress: () => {} },
  );
  await waitFor(() => app.mailbox.subscribers > 0, { timeoutMs: 20_000, what: 'a wait' });
  const closed = app.close();
  expect(await waiting).toMatchObject({
    isError: true,
    content: [{ text: expect.stringContaining('SHUTTING_DOWN') as string }],
  });
  await closed;
});
