// A process that opens a mailbox and dies, or waits to be killed, at a chosen point. Run by crash.e2e.test.ts.
import { networkAt } from '@xmtp-messaging/testing';
import '@xmtp-messaging/glibc-compat/register';
import { Client, Conversation } from '@xmtp/node-bindings';
import { openMailbox } from '../src/index.ts';
import { requestOf } from './request-of.ts';
import type { CrashOrder } from './stage.ts';
import { createPerson } from './person.ts';

const order = JSON.parse(process.argv[2]!) as CrashOrder;
const die = (): never => {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('unreachable');
};

type Method = (...args: unknown[]) => unknown;
/** Dies before or after a call of the binding, as a power cut would. */
function breakAt<Target extends object>(target: Target, name: keyof Target & string, when: string): void {
  const original = target[name] as Method;
  const broken: Method = function (this: unknown, ...args) {
    if (when === 'before') die();
    const result = original.apply(this, args);
    if (when === 'during') setImmediate(die);
    if (!(result instanceof Promise)) return when === 'after' ? die() : result;
    return when === 'after' ? result.finally(die) : result;
  };
  Object.defineProperty(target, name, { value: broken });
}

const [action, when] = order.point.split(':') as [string, string];
// One alone goes by other calls than several.
const steps = { store: ['send', 'prepareMessage'], publish: ['publishMessages', 'publishStoredMessage'] } as const;
if (action === 'store' || action === 'publish') {
  for (const name of steps[action]) breakAt(Conversation.prototype, name, when);
}
if (action === 'register') breakAt(Client.prototype, 'registerIdentity', when);

const mailbox = await openMailbox({
  signer: createPerson(order.privateKey).signer,
  home: order.home,
  network: networkAt(order.url),
  admit: () => ({ admit: true, sender: 'allowlisted' }),
  bell: false,
});
process.send?.('opened');
const { to, keys = [] } = order;
if (to !== undefined) {
  await Promise.all(keys.map((key) => mailbox.send(requestOf(key, to))));
}
if (action !== 'opened') process.exit(0);
