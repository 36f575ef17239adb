import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testProtocol, waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import type { MailboxEvent } from '../src/index.ts';
import { createHome, createPerson, killAt, open, openSdkClient, sendUntilSent, startNetwork } from './stage.ts';

const stateOf = async (home: string) => JSON.parse(await readFile(join(home, 'state.json'), 'utf8')) as object;

test.runIf(testProtocol === 'v3')(
  'a lost answer to the registration: the burned installation is noticed and recorded, the next try works',
  async () => {
    const network = await startNetwork();
    const [home, person] = [await createHome(), createPerson()];
    const events: MailboxEvent[] = [];
    const onEvent = (event: MailboxEvent) => void events.push(event);
    const lost = { method: 'PublishIdentityUpdate', code: 'UNAVAILABLE', afterwards: true } as const;
    network.faults.set({ errors: [lost] });
    await expect(open(network.url, { home, person, onEvent })).rejects.toMatchObject({ retryable: true });
    network.faults.clear();
    const mailbox = await open(network.url, { home, person, onEvent });
    expect(mailbox.status().installations.used).toBe(2);
    const [burned] = events.filter(({ name }) => name === 'installation-burned');
    expect(await stateOf(home)).toMatchObject({
      installationId: mailbox.installationId,
      pendingInstallationId: null,
      burnedInstallationIds: [burned?.details['installationId']],
    });
  },
);

test('a refused registration burns nothing', async () => {
  const network = await startNetwork();
  const [home, person] = [await createHome(), createPerson()];
  network.faults.set({ errors: [{ method: 'PublishIdentityUpdate', code: 'UNAVAILABLE' }] });
  await expect(open(network.url, { home, person })).rejects.toMatchObject({ retryable: true });
  network.faults.clear();
  const mailbox = await open(network.url, { home, person });
  expect(mailbox.status().installations.used).toBe(1);
  expect(await stateOf(home)).toMatchObject({ burnedInstallationIds: [], pendingInstallationId: null });
});

for (const when of ['before', 'during', 'after']) {
  test(`kill -9 ${when} the registration: the next start knows what became of it`, async () => {
    const { url } = await startNetwork();
    const [home, person] = [await createHome(), createPerson()];
    await killAt(`register:${when}`, { url, home, person });
    const mailbox = await open(url, { home, person });
    const state = (await stateOf(home)) as { burnedInstallationIds: string[] };
    expect(state).toMatchObject({ installationId: mailbox.installationId, pendingInstallationId: null });
    expect(mailbox.status().installations.used).toBe(1 + state.burnedInstallationIds.length);
  });
}

test('a wallet that does not sign is named, and nothing is registered', async () => {
  const { url } = await startNetwork();
  const [home, person] = [await createHome(), createPerson()];
  const locked = { ...person, signer: { ...person.signer, signMessage: () => Promise.reject(new Error('locked')) } };
  await expect(open(url, { home, person: locked })).rejects.toMatchObject({ code: 'SIGNER_FAILED' });
  expect((await open(url, { home, person })).status().installations.used).toBe(1);
});

test('the installation budget: not beyond 8 of 10 unless told, and status shows what is used', async () => {
  const { url } = await startNetwork();
  const person = createPerson();
  for (let used = 1; used <= 8; used += 1) {
    const mailbox = await open(url, { person, bell: false });
    expect(mailbox.status()).toMatchObject({
      installations: { used, limit: 10 },
      identityUpdates: { used, limit: 256, warning: false },
    });
    await mailbox.close();
  }
  await expect(open(url, { person })).rejects.toMatchObject({ code: 'INSTALLATION_LIMIT' });
  const ninth = await open(url, { person, allowManyInstallations: true });
  expect(ninth.status().installations.used).toBe(9);
});

test('revoked: a start says so, instead of failing obscurely for ever', async () => {
  const { url } = await startNetwork();
  const [home, person] = [await createHome(), createPerson()];
  const mailbox = await open(url, { home, person });
  await mailbox.close();
  const other = await openSdkClient(url, person);
  await other.revokeInstallations([Buffer.from(mailbox.installationId, 'hex')]);
  await expect(open(url, { home, person })).rejects.toMatchObject({ code: 'REVOKED' });
});

test('revoked while open: status fails with the reason, and sending says so', async () => {
  const { url } = await startNetwork();
  const person = createPerson();
  const mailbox = await open(url, { person, identityCheckEveryMs: 200 });
  const other = await openSdkClient(url, person);
  await other.revokeInstallations([Buffer.from(mailbox.installationId, 'hex')]);
  await waitFor(() => mailbox.status().state === 'failed');
  expect(mailbox.status().reason?.code).toBe('REVOKED');
  await expect(mailbox.send({ to: { address: person.address }, text: 'x' })).rejects.toMatchObject({ code: 'REVOKED' });
});

test.runIf(testProtocol === 'v3')(
  'network retired: sending fails for good with what to do, and status says why',
  async () => {
    const network = await startNetwork();
    const [alice, bob] = await Promise.all([open(network.url, { sendDeadlineMs: 300 }), open(network.url)]);
    await sendUntilSent(alice, { to: { address: bob.address }, text: 'before' });
    network.faults.set({ cutoverMs: Date.now() });
    await waitFor(
      async () => {
        await alice.send({ to: { address: bob.address }, text: 'after' }).catch(() => undefined);
        return alice.status().state === 'failed';
      },
      { timeoutMs: 20_000 },
    );
    expect(alice.status().reason?.code).toBe('NETWORK_RETIRED');
    await expect(alice.send({ to: { address: bob.address }, text: 'x' })).rejects.toMatchObject({
      code: 'NETWORK_RETIRED',
      retryable: false,
    });
  },
);

test.runIf(testProtocol === 'v3').each([
  ['far ahead, before the date', 10 * 365],
  ['right, before the date', 0],
])('a clock that is %s retires no network', async (_, days) => {
  const network = await startNetwork();
  const dayMs = 86_400_000;
  network.faults.set({ cutoverMs: Date.now() + 365 * dayMs });
  const asked = () => network.stats().calls['FetchD14nCutover']?.total ?? 0;
  const now = () => Date.now() + days * dayMs;
  const [alice, bob] = await Promise.all([open(network.url, { now, identityCheckEveryMs: 50 }), open(network.url)]);
  await waitFor(() => asked() > 3, { what: 'several looks at the date' });
  expect(alice.status()).toMatchObject({ state: 'connected', reason: null });
  expect(await alice.send({ to: { address: bob.address }, text: 'still there' })).toMatchObject({ status: 'sent' });
});

test.runIf(testProtocol === 'v3')('a clock that is behind does not hide that the network retired', async () => {
  const network = await startNetwork();
  const now = () => Date.now() - 365 * 86_400_000;
  const options = { now, sendDeadlineMs: 300, identityCheckEveryMs: 200 };
  const [alice, bob] = await Promise.all([open(network.url, options), open(network.url)]);
  await sendUntilSent(alice, { to: { address: bob.address }, text: 'before' });
  network.faults.set({ cutoverMs: Date.now() });
  await waitFor(
    async () => {
      await alice.send({ to: { address: bob.address }, text: 'after' }).catch(() => undefined);
      return alice.status().state === 'failed';
    },
    { timeoutMs: 20_000, what: 'the end to be noticed' },
  );
  expect(alice.status().reason?.code).toBe('NETWORK_RETIRED');
});
