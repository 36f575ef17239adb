import { sourceFlags } from '@xmtp-messaging/testing/source-flags';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDevnet, type Devnet } from '@xmtp-messaging/devnet';
import { nameFaultsByV3, networkAt, testProtocol, waitFor } from '@xmtp-messaging/testing';
import { Client, type Identifier } from '@xmtp/node-sdk';
import { onTestFinished } from 'vitest';
import {
  type Address,
  type InboundMessage,
  type Mailbox,
  MailboxError,
  type MailboxOptions,
  openMailbox,
  type SendRequest,
  type SendResult,
} from '../src/index.ts';
import { ethereum } from '../src/sdk/native-types.ts';
import { createPerson, type Person } from './person.ts';

export { createPerson, type Person };

export async function startNetwork(options: Parameters<typeof createDevnet>[0] = {}): Promise<Devnet> {
  const devnet = nameFaultsByV3(await createDevnet({ protocol: testProtocol, ...options }));
  onTestFinished(() => devnet.close());
  return devnet;
}

/** A home that is removed when the test ends. */
export async function createHome(): Promise<string> {
  const home = await mkdtemp(join(await realpath(tmpdir()), 'xmtp-core-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

export interface OpenOptions extends Partial<MailboxOptions> {
  person?: Person | undefined;
}

/** Opens a mailbox that hears everybody, closed when the test ends. */
export async function open(url: string, options: OpenOptions = {}): Promise<Mailbox> {
  const { person = createPerson(), ...rest } = options;
  const mailbox = await openMailbox({
    signer: person.signer,
    home: rest.home ?? (await createHome()),
    network: networkAt(url),
    admit: () => ({ admit: true, sender: 'allowlisted' }),
    ...rest,
  });
  onTestFinished(() => mailbox.close({ timeoutMs: 500 }));
  return mailbox;
}

/** Sends, and again while a busy machine does not store the message before its deadline: then it is not sent, for good. */
export async function sendUntilStored(mailbox: Mailbox, request: SendRequest): Promise<SendResult> {
  return await waitFor(
    () =>
      mailbox.send(request).catch((error: unknown) => {
        if (error instanceof MailboxError && error.code === 'NOT_SENT') return null;
        throw error;
      }),
    { timeoutMs: 20_000, what: 'a message to be stored' },
  );
}

/** The same until it is out as well: a fault that is set afterwards meets what follows, and not this. */
export async function sendUntilSent(mailbox: Mailbox, request: SendRequest): Promise<SendResult> {
  const result = await sendUntilStored(mailbox, request);
  await waitFor(() => mailbox.status().outbox.queued === 0, { timeoutMs: 20_000, what: 'a message to be out' });
  return result;
}

/** An address as the SDK names it. */
export const ethereumAccount = (address: string): Identifier => ({ identifier: address, identifierKind: ethereum });

/** A client of the bare SDK, in memory. */
export async function openSdkClient(url: string, person: Person = createPerson()): Promise<Client> {
  const options = { ...networkAt(url), dbPath: null, disableDeviceSync: true };
  return await Client.create(person.signer, options);
}

/** Waits until `count` messages were accepted, and returns all. */
export async function received(mailbox: Mailbox, count: number, timeoutMs = 20_000): Promise<InboundMessage[]> {
  const what = `${count} messages, have ${mailbox.inbox.lastSeq()}`;
  await waitFor(() => mailbox.inbox.lastSeq() >= count, { timeoutMs, what });
  return await mailbox.inbox.list({ limit: 1_000 });
}

/** What a child process is to do before it dies. */
export interface CrashOrder {
  /** `opened`: waits there to be killed. Otherwise what it dies of: `store`, `publish` or `register`, and when. */
  point: string;
  url: string;
  home: string;
  privateKey: `0x${string}`;
  to?: Address | undefined;
  /** One message for each, all at once. */
  keys?: readonly string[] | undefined;
}

/** Runs a mailbox in a process of its own until it reached `point`: there it waits (`opened`), or is dead already. */
export async function killAt(
  point: string,
  options: Omit<CrashOrder, 'point' | 'privateKey'> & { person: Person },
): Promise<{ kill(): Promise<void>; signal: NodeJS.Signals | null }> {
  const { person, ...rest } = options;
  const order: CrashOrder = { ...rest, point, privateKey: person.privateKey };
  const child = fork(new URL('crash-child.ts', import.meta.url), [JSON.stringify(order)], {
    execArgv: [...sourceFlags],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  onTestFinished(() => void child.kill('SIGKILL'));
  const kill = async () => {
    child.kill('SIGKILL');
    await exit;
  };
  if (point === 'opened') {
    await Promise.race([once(child, 'message'), exit]);
    return { kill, signal: null };
  }
  const [, signal] = await exit;
  return { kill, signal };
}
