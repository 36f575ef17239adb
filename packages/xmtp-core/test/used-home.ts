import { networkAt, testProtocol } from '@xmtp-messaging/testing';
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDevnet } from '@xmtp-messaging/devnet';
import { beforeAll } from 'vitest';
import { type MailboxEvent, openMailbox } from '../src/index.ts';
import { createHome, createPerson, open, type OpenOptions } from './stage.ts';

/** One home that was used and closed, made before the tests of a file; each test works on a copy of it. */
export function prepareUsedHome() {
  const person = createPerson();
  const admit = () => ({ admit: true, sender: 'allowlisted' }) as const;
  let url = '';
  let used = '';

  beforeAll(async () => {
    const network = await createDevnet({ protocol: testProtocol });
    url = network.url;
    const root = mkdtempSync(join(realpathSync(tmpdir()), 'xmtp-core-'));
    used = join(root, 'used');
    const options = { network: networkAt(url), admit } as const;
    const peer = await openMailbox({ ...options, signer: createPerson().signer, home: join(root, 'peer') });
    const mailbox = await openMailbox({ ...options, signer: person.signer, home: used });
    await mailbox.send({ to: { address: peer.address }, text: 'hello', idempotencyKey: 'k' });
    await Promise.all([mailbox.close(), peer.close()]);
    return async () => {
      await network.close();
      rmSync(root, { recursive: true });
    };
  });

  return {
    person,
    openAt: (home: string, options: OpenOptions = {}) => open(url, { home, bell: false, ...options }),
    copy: async () => {
      const home = join(await createHome(), 'copy');
      cpSync(used, home, { recursive: true });
      const events: MailboxEvent[] = [];
      const onEvent = (event: MailboxEvent) => void events.push(event);
      const reopen = () => open(url, { home, person, bell: false, onEvent });
      return { home, reopen, events, file: (name: string) => join(home, name) };
    },
  };
}
