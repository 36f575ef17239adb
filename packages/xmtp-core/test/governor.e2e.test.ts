import { type CallLogEntry, productionLimits } from '@xmtp-messaging/devnet';
import { networkAt, patient, testProtocol, waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { createGovernor, productionNetworkLimits } from '../src/index.ts';
import { createPerson, ethereumAccount, open, openSdkClient, received, startNetwork } from './stage.ts';

test.runIf(testProtocol === 'v3')('the governor counts what the network counts', async () => {
  const calls = { reads: 0, writes: 0 };
  const writes = new Set(['SendGroupMessages', 'SendWelcomeMessages', 'UploadKeyPackage', 'PublishIdentityUpdate']);
  const onCall = ({ method, appVersion }: CallLogEntry) => {
    if (appVersion === 'counted/1') calls[writes.has(method) ? 'writes' : 'reads'] += 1;
  };
  const network = await startNetwork({ onCall });
  const governor = createGovernor({ limits: productionNetworkLimits });
  const agent = await open(network.url, {
    governor,
    reconcileEveryMs: 400,
    network: { ...networkAt(network.url), appVersion: 'counted/1' },
  });
  const others = await Promise.all(Array.from({ length: 3 }, () => open(network.url)));
  for (const other of others) {
    await agent.send({ to: { address: other.address }, text: 'hello' });
    for (let turn = 0; turn < 5; turn += 1) await other.send({ to: { address: agent.address }, text: `${turn}` });
    for (let turn = 0; turn < 5; turn += 1) await agent.send({ to: { address: other.address }, text: `${turn}` });
  }
  const strangers = await Promise.all(Array.from({ length: 3 }, () => openSdkClient(network.url)));
  for (const stranger of strangers) {
    const dm = await stranger.conversations.createDmWithIdentifier(ethereumAccount(agent.address));
    await dm.sendText('hi');
  }
  await received(agent, 18);
  await agent.close();
  const counted = agent.status().budget.calls;
  // Never too little by more than a tenth, nor so much that a third of the budget would be left unused.
  expect(counted.reads / calls.reads).toBeGreaterThan(0.9);
  expect(counted.reads / calls.reads).toBeLessThan(1.4);
  expect(counted.writes / calls.writes).toBeGreaterThan(0.9);
  expect(counted.writes / calls.writes).toBeLessThan(1.4);
});

test(
  'when the network refuses for its limit, no further call is made, and status says until when',
  async () => {
    let asked = 0;
    const network = await startNetwork({ onCall: () => (asked += 1) });
    const governor = createGovernor();
    const [alice, bob] = await Promise.all([
      open(network.url, { governor, reconcileEveryMs: 300 }),
      open(network.url, { governor, reconcileEveryMs: 300, person: createPerson() }),
    ]);
    await alice.send({ to: { address: bob.address }, text: 'before' });
    await waitFor(() => bob.status().bell.up && alice.status().bell.up);
    const message = '1 exceeds rate limit R127.0.0.1DEF';
    network.faults.set({ errors: [{ code: 'RESOURCE_EXHAUSTED', message }] });
    network.faults.dropStreams();
    await waitFor(() => alice.status().state === 'rate-limited', { timeoutMs: 20_000 });
    expect(bob.status()).toMatchObject({ state: 'rate-limited', reason: { code: 'RATE_LIMITED' } });
    expect(bob.status().budget.silentUntil! - Date.now()).toBeGreaterThan(50_000);
    // Calls that were under way come to their end: the SDK repeats what it repeats, for some fifteen seconds and more.
    let before = -1;
    await waitFor(
      () => {
        const same = asked === before;
        before = asked;
        return same;
      },
      { timeoutMs: 35_000, intervalMs: 3_500 },
    );
    const error = { code: 'RATE_LIMITED', retryable: true };
    await expect(alice.send({ to: { address: bob.address }, text: 'now' })).rejects.toMatchObject(error);
    await expect(bob.send({ to: { address: alice.address }, text: 'now' })).rejects.toMatchObject(error);
    await alice.reconsider();
    expect(asked).toBe(before);
  },
  patient(75_000),
);

test('behind the limits of the production network a mailbox opens, sends and hears', async () => {
  const network = await startNetwork({ limits: productionLimits });
  const governor = createGovernor({ limits: productionNetworkLimits });
  const [alice, bob] = await Promise.all([open(network.url, { governor }), open(network.url, { governor })]);
  await alice.send({ to: { address: bob.address }, text: 'hello' });
  expect((await received(bob, 1))[0]?.text).toBe('hello');
  const { reads, writes, silentUntil } = alice.status().budget;
  expect([reads!.limit, writes!.limit, silentUntil]).toEqual([20_000, 3_000, null]);
  expect(reads!.left).toBeLessThan(20_000);
});
