// Signs a message in this process through the OWS SDK, again and again, and stays up to be looked into:
// what one signature leaves in freed memory may be written over before anybody looks.
import { join } from 'node:path';
import { signMessage } from '@open-wallet-standard/core';

const [home, message, passphrase] = process.argv.slice(2) as [string, string, string];
const sign = () => signMessage('alice', 'eip155:1', message, passphrase, 'utf8', 0, join(home, '.ows'));
sign();
process.stdout.write('signed\n');
setInterval(sign, 50);
