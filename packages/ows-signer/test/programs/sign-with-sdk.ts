// Signs a message in this process through the OWS SDK, then stays up to be looked into.
import { join } from 'node:path';
import { signMessage } from '@open-wallet-standard/core';

const [home, message, passphrase] = process.argv.slice(2) as [string, string, string];
signMessage('alice', 'eip155:1', message, passphrase, 'utf8', 0, join(home, '.ows'));
process.stdout.write('signed\n');
setInterval(() => undefined, 1_000);
