// Loads the binding on hosts whose glibc is too old for it.
import '@xmtp-messaging/glibc-compat/register';
import type { ClientOptions } from '@xmtp/node-sdk';
import type { OpenOptions } from './client-kind.ts';
import { toSigner } from './to-signer.ts';

/** What the bindings for Node call what an archive holds. */
export const archiveElements = ['Messages', 'Consent'];

/** A client of the Node SDK in memory, registered. */
export async function openNodeClient({ network, privateKey, deviceSync = false }: OpenOptions) {
  const { Client } = await import('@xmtp/node-sdk');
  const { url: apiUrl, gatewayUrl, historyUrl } = network;
  const options: ClientOptions = {
    env: 'local',
    apiUrl,
    ...(gatewayUrl === null ? {} : { gatewayHost: gatewayUrl }),
    historySyncUrl: historyUrl,
    dbPath: null,
    disableDeviceSync: !deviceSync,
  };
  return await Client.create(toSigner(privateKey), options);
}
