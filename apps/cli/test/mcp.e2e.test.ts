import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { createDevnet } from '@xmtp-messaging/devnet';
import { startServer } from '@xmtp-messaging/server';
import { createWallets, sourceFlags } from '@xmtp-messaging/stage';
import { networkAt, temporaryDirectory, testProtocol } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

test('a host that starts the program has the tools of the running mailbox, and hears when it is away', async () => {
  const folder = await temporaryDirectory();
  const devnet = await createDevnet({ protocol: testProtocol });
  onTestFinished(() => devnet.close());
  const vault = join(folder, 'vault');
  const [address] = await createWallets(vault, ['alice']);
  const server = await startServer({
    wallet: { name: 'alice', home: vault },
    homeRoot: join(folder, 'xmtp'),
    network: networkAt(devnet.url),
    http: { port: 0 },
  });
  onTestFinished(() => server.close());
  await server.ready();

  const client = new Client({ name: 'host', version: '1.0.0' });
  const args = [...sourceFlags, main, 'mcp', '--url', server.url];
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
  await client.connect(new StdioClientTransport({ command: process.execPath, args, env, stderr: 'ignore' }));
  onTestFinished(() => client.close());
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['wait_for_message', 'react', 'get_attachment']),
  );
  await client.subscribeResource({ uri: 'xmtp://inbox' });
  expect(client.getInstructions()).toContain('untrusted');
  const call = async (name: string, given: Record<string, unknown> = {}) =>
    await client.callTool({ name, arguments: given });
  expect((await call('mailbox_status')).structuredContent).toMatchObject({ connected: true, address });
  expect((await call('read_messages')).structuredContent).toMatchObject({ messages: [] });
  const stranger = `0x${'2'.repeat(40)}`;
  expect(await call('send_message', { to: stranger, message: 'Hello' })).toMatchObject({
    isError: true,
    content: [{ text: expect.stringMatching(/^RECIPIENT_NOT_FOUND/u) as string }],
  });
  expect(await call('get_attachment', { messageId: 'ab' })).toMatchObject({
    isError: true,
    content: [{ text: expect.stringMatching(/^ATTACHMENT_NOT_FOUND/u) as string }],
  });
  await server.close();
  expect(await call('read_messages')).toMatchObject({
    isError: true,
    content: [{ text: expect.stringMatching(/^NOT_RUNNING/u) as string }],
  });
});
