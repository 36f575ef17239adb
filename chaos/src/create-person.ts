import '@xmtp-messaging/glibc-compat/register';
import { Client } from '@xmtp/node-sdk';
import { chaosType } from './say-token.ts';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';

// A const enum of the SDK, which cannot be imported as a value.
export const ethereum = 0 as never;

/** The SDK shows no content of a type that it has no codec for, and says so each time. */
const chaosCodec = {
  contentType: chaosType,
  encode: (text: string) => ({ type: chaosType, parameters: {}, content: Buffer.from(text) }),
  decode: ({ content }: { content: Uint8Array }) => Buffer.from(content).toString(),
  fallback: () => undefined,
  shouldPush: () => false,
};

/** A person on the bare SDK who can register phones: each call registers another installation. */
export function createPerson(
  url: string,
  protocol: 'v3' | 'd14n' = 'v3',
): { address: string; register: () => Promise<Client> } {
  const account = privateKeyToAccount(generatePrivateKey());
  const address = account.address.toLowerCase();
  const signer = {
    type: 'EOA' as const,
    getIdentifier: () => ({ identifier: address, identifierKind: ethereum }),
    signMessage: async (message: string) => Buffer.from((await account.signMessage({ message })).slice(2), 'hex'),
  };
  const settings = {
    env: 'local' as const,
    apiUrl: url,
    ...(protocol === 'd14n' ? { gatewayHost: url } : {}),
    dbPath: null,
    codecs: [chaosCodec],
    disableDeviceSync: true,
  };
  return { address, register: () => Client.create(signer, settings) };
}

/** Sends texts as fast as the SDK can, in one direct message. */
export async function writeAll(client: Client, to: string, texts: readonly string[]): Promise<void> {
  const dm = await client.conversations.createDmWithIdentifier({ identifier: to, identifierKind: ethereum });
  const atOnce = 32;
  for (let at = 0; at < texts.length; at += atOnce) {
    for (const text of texts.slice(at, at + atOnce)) await dm.sendText(text, true);
    await dm.publishMessages();
  }
}
