import { patient } from '@xmtp-messaging/testing';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { expect, onTestFinished, test } from 'vitest';
import { add, createInbox, createPasskey, createUpdate, createWallet, revoke } from '../../test/identity-builder.ts';
import { createRoutes } from '../../test/capture-requests.ts';
import {
  GetInboxIdsRequestSchema,
  GetInboxIdsResponseSchema,
  PublishIdentityUpdateRequestSchema,
} from '../gen/xmtp/identity/api/v1/identity_pb.ts';
import type { IdentityUpdate } from '../gen/xmtp/identity/associations/association_pb.ts';
import { toInboxId } from '../identity/to-inbox-id.ts';
import type { Member } from '../identity/member.ts';
import { maxIdentityUpdates } from './create-publish-update.ts';

function start() {
  const { routes, close } = createRoutes();
  onTestFinished(close);
  const call = (method: string, request: Uint8Array) =>
    routes
      .find((route) => route.method === method)!
      .unary(request, { signal: new AbortController().signal, identify: () => {} });
  return {
    publish: (identityUpdate: IdentityUpdate) =>
      call(
        'PublishIdentityUpdate',
        toBinary(PublishIdentityUpdateRequestSchema, create(PublishIdentityUpdateRequestSchema, { identityUpdate })),
      ),
    find: async ({ text, kind }: Member) => {
      const requests = [{ identifier: text, identifierKind: kind === 'passkey' ? 2 : 1 }] as const;
      const request = toBinary(GetInboxIdsRequestSchema, create(GetInboxIdsRequestSchema, { requests: [...requests] }));
      const { responses } = fromBinary(GetInboxIdsResponseSchema, await call('GetInboxIds', request));
      return responses[0]?.inboxId;
    },
  };
}

test('look-ups follow the wallets that join and leave; passkeys join, but are not found', async () => {
  const { publish, find } = start();
  const [wallet, other, passkey] = [createWallet(), createWallet(), createPasskey()];
  const inboxId = toInboxId(wallet.member, 1n);
  await publish(await createUpdate(wallet, [createInbox(wallet), add(wallet, passkey), add(wallet, other)]));
  expect(await find(wallet.member)).toBe(inboxId);
  expect(await find(other.member)).toBe(inboxId);
  expect(await find(passkey.member)).toBeUndefined();
  expect(await find({ kind: 'ethereum', text: passkey.member.text })).toBeUndefined();
  await publish(await createUpdate(wallet, [revoke(wallet, other)]));
  expect(await find(other.member)).toBeUndefined();
});

test('an inbox makes 256 updates and no more; a refused one does not count', { timeout: patient(60_000) }, async () => {
  const { publish } = start();
  const [wallet, second] = [createWallet(), createWallet()];
  await publish(await createUpdate(wallet, [createInbox(wallet)]));
  await expect(publish(await createUpdate(wallet, [createInbox(wallet)]))).rejects.toThrow(/Multiple create/);
  for (let updates = 1; updates < maxIdentityUpdates; updates++) {
    await publish(await createUpdate(wallet, [revoke(wallet, second)]));
  }
  await expect(publish(await createUpdate(wallet, [revoke(wallet, second)]))).rejects.toMatchObject({
    code: 'UNKNOWN',
    shortMessage: 'inbox log is full',
  });
});

test('two updates that race for one signature: one wins', async () => {
  const { publish } = start();
  const [wallet, second] = [createWallet(), createWallet()];
  await publish(await createUpdate(wallet, [createInbox(wallet)]));
  const update = await createUpdate(wallet, [add(wallet, second)]);
  const outcomes = await Promise.allSettled([publish(update), publish(update), publish(update)]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
});
