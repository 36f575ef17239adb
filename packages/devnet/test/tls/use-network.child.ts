// Everything that a project does with a network, at the address that its argument names.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { Client } from '@xmtp/node-sdk';
import initialise, * as wasm from '@xmtp/wasm-bindings';
import { createAccount } from '../../src/index.ts';

const url = process.argv.at(-1)!;
let streamed = false;

async function talk(network: object): Promise<unknown[] | null> {
  const options = { env: 'local' as const, ...network, dbPath: null, disableDeviceSync: true };
  try {
    const [alice, bob] = await Promise.all([0, 1].map(() => Client.create(createAccount().signer, options)));
    const stream = await bob!.conversations.streamAllMessages();
    const dm = await alice!.conversations.createDm(bob!.inboxId);
    await dm.sendText('over TLS');
    for await (const { content } of stream) {
      streamed = content === 'over TLS';
      break;
    }
    await bob!.conversations.syncAll();
    const messages = await bob!.conversations.listDms()[0]!.messages();
    return messages.map(({ content }) => content).filter((content) => typeof content === 'string');
  } catch {
    return null;
  }
}

/** The engine of the SDK for browsers: gRPC-Web by fetch. */
async function openInBrowser(): Promise<boolean> {
  const path = join(createRequire(import.meta.url).resolve('@xmtp/wasm-bindings'), '../bindings_wasm_bg.wasm');
  await initialise({ module_or_path: await readFile(path) });
  const identifier = { identifier: createAccount().address, identifierKind: wasm.IdentifierKind.Ethereum };
  const inboxId = wasm.generateInboxId(identifier, 1n);
  try {
    const log = { level: wasm.LogLevel.Off };
    const client = await wasm.createClient(url, inboxId, identifier, null, null, undefined, log);
    return client.createInboxSignatureRequest() !== undefined;
  } catch {
    return false;
  }
}

async function keepArchive(): Promise<string | null> {
  try {
    const id = await (await fetch(`${url}/upload`, { method: 'POST', body: 'an archive' })).text();
    return await (await fetch(`${url}/files/${id}`)).text();
  } catch {
    return null;
  }
}

const [v3, gateway] = [await talk({ apiUrl: url }), await talk({ apiUrl: url, gatewayHost: url })];
const seen = { v3, gateway, streamed, browser: await openInBrowser(), history: await keepArchive() };
process.stdout.write(JSON.stringify(seen), () => process.exit());
