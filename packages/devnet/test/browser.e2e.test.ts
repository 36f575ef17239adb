import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { waitFor } from '@xmtp-messaging/testing';
import initialise, * as wasm from '@xmtp/wasm-bindings';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDevnet, type Devnet } from '../src/index.ts';
import { createClient, readTexts } from './clients.ts';
import { createPasskey, createWallet, type Party } from './identity-builder.ts';
import { passkey as passkeyKind } from './sdk-enums.ts';

let network: Devnet;
beforeAll(async () => {
  network = await createDevnet();
  const require = createRequire(import.meta.url);
  const module_or_path = await readFile(join(require.resolve('@xmtp/wasm-bindings'), '../bindings_wasm_bg.wasm'));
  await initialise({ module_or_path });
});
afterAll(() => network.close());

/** A registered client of the browser SDK's engine: it speaks gRPC-Web through fetch, as in a page. */
async function createBrowserClient(party: Party): Promise<{ client: wasm.Client; inboxId: string }> {
  const { member } = party;
  const identifierKind = member.kind === 'passkey' ? wasm.IdentifierKind.Passkey : wasm.IdentifierKind.Ethereum;
  const identifier = { identifier: member.text, identifierKind };
  const inboxId = wasm.generateInboxId(identifier, 1n);
  const log = { level: wasm.LogLevel.Off };
  const client = await wasm.createClient(network.webUrl, inboxId, identifier, null, null, undefined, log);
  const request = client.createInboxSignatureRequest();
  if (request === undefined) throw new Error('the inbox exists');
  const { signature } = await party.sign(await request.signatureText());
  if (signature?.case === 'erc191') await request.addEcdsaSignature(signature.value.bytes as Uint8Array);
  if (signature?.case === 'passkey') await request.addPasskeySignature(signature.value as wasm.PasskeySignature);
  await client.registerIdentity(request);
  return { client, inboxId };
}

test('a browser and a server write to each other, and the browser streams', async () => {
  const browser = await createBrowserClient(createWallet());
  const server = await createClient(network);
  const received: string[] = [];
  const stream = browser.client.conversations().streamAllMessages({
    on_message: (message: wasm.Message) => received.push(Buffer.from(message.content.content).toString()),
    on_error: () => {},
    on_close: () => {},
  });
  const dm = await server.conversations.createDm(browser.inboxId);
  for (const text of ['one', 'two', 'three']) await dm.sendText(text);
  await waitFor(() => received.length >= 3, { what: 'the streamed messages' });
  expect(received).toEqual(['one', 'two', 'three']);
  const back = browser.client.conversations().findDmByTargetInboxId(server.inboxId);
  await back.sendText('four');
  expect(await readTexts(dm)).toEqual(['one', 'two', 'three', 'four']);
  stream.end();
});

test('an inbox that a passkey opened is not found by it, as the V3 node keeps only wallets, but by its id', async () => {
  const passkey = createPasskey();
  const browser = await createBrowserClient(passkey);
  const server = await createClient(network);
  const identifier = { identifier: passkey.member.text, identifierKind: passkeyKind };
  expect(await server.fetchInboxIdByIdentifier(identifier)).toBeNull();
  const dm = await server.conversations.createDm(browser.inboxId);
  expect(dm.peerInboxId).toBe(browser.inboxId);
});
