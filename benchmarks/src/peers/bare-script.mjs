// The least program on the bare SDK that receives: what an idle agent costs is measured beside it.
// Plain JavaScript, so that Node has no types to strip. Its parent sends who it is; it answers when it listens.
import '@xmtp-messaging/glibc-compat/register';
import { Client } from '@xmtp/node-sdk';
import { toBytes } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

process.once('disconnect', () => process.exit(0));
process.once('message', (given) => void listen(given));

async function listen({ privateKey, folder, databaseKey, networkUrl }) {
  const account = privateKeyToAccount(privateKey);
  const signer = {
    type: 'EOA',
    getIdentifier: () => ({ identifier: account.address.toLowerCase(), identifierKind: 0 }),
    signMessage: async (message) => toBytes(await account.signMessage({ message })),
  };
  const client = await Client.create(signer, {
    env: 'local',
    apiUrl: networkUrl,
    dbPath: `${folder}/xmtp.db`,
    dbEncryptionKey: databaseKey,
    disableDeviceSync: true,
  });
  await client.conversations.streamAllMessages({ onValue: () => {} });
  process.send({ listening: true });
}
