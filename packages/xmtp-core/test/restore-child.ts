// A process that restores a home and dies at a chosen step. Run by backup.e2e.test.ts.
import '@xmtp-messaging/glibc-compat/register';
import { networkAt } from '@xmtp-messaging/testing';
import { restoreHome } from '../src/index.ts';
import { createPerson } from './person.ts';

const order = JSON.parse(process.argv[2]!) as Record<'point' | 'url' | 'from' | 'identity' | 'home', string> & {
  privateKey: `0x${string}`;
};
const { point, url, from, identity, home, privateKey } = order;
await restoreHome({
  from,
  secret: { identity },
  home,
  signer: createPerson(privateKey).signer,
  network: networkAt(url),
  onStep: (step) => {
    if (step === point) process.kill(process.pid, 'SIGKILL');
  },
});
