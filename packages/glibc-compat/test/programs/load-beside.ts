// Uses XMTP beside another native module that napi-rs made, and prints what came of it.
import '@xmtp-messaging/glibc-compat/register';
import { listWallets } from '@open-wallet-standard/core';
import { encodeText } from '@xmtp/node-bindings';
import { loadedFrom } from './loaded-from.ts';

const [vault] = process.argv.slice(2);
const encoded = Buffer.from(encodeText('hello').content).toString();
const environment = Object.keys(process.env);
process.stdout.write(JSON.stringify({ encoded, wallets: listWallets(vault), path: loadedFrom(), environment }));
