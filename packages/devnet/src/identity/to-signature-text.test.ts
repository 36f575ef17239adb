import { create } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { IdentityUpdateSchema } from '../gen/xmtp/identity/associations/association_pb.ts';
import { toSignatureText } from './to-signature-text.ts';

const address = '0x00000000000000000000000000000000000000aa';
const key = Uint8Array.from({ length: 32 }, (_, index) => index);

test('the text names the inbox, the time and every action in the words that wallets show', () => {
  const update = create(IdentityUpdateSchema, {
    inboxId: 'ab'.repeat(32),
    clientTimestampNs: 1_712_750_400_999_999_999n,
    actions: [
      { kind: { case: 'createInbox', value: { initialIdentifier: address } } },
      {
        kind: { case: 'add', value: { newMemberIdentifier: { kind: { case: 'installationPublicKey', value: key } } } },
      },
      { kind: { case: 'add', value: { newMemberIdentifier: { kind: { case: 'ethereumAddress', value: address } } } } },
      { kind: { case: 'add', value: { newMemberIdentifier: { kind: { case: 'passkey', value: { key } } } } } },
      { kind: { case: 'revoke', value: { memberToRevoke: { kind: { case: 'installationPublicKey', value: key } } } } },
      { kind: { case: 'revoke', value: { memberToRevoke: { kind: { case: 'ethereumAddress', value: address } } } } },
      { kind: { case: 'revoke', value: { memberToRevoke: { kind: { case: 'passkey', value: { key } } } } } },
      { kind: { case: 'changeRecoveryAddress', value: { newRecoveryIdentifier: address } } },
    ],
  });
  expect(toSignatureText(update)).toMatchInlineSnapshot(`
    "XMTP : Authenticate to inbox

    Inbox ID: abababababababababababababababababababababababababababababababab
    Current time: 2024-04-10T12:00:00Z

    - Create inbox
      (Owner: 0x00000000000000000000000000000000000000aa)
    - Grant messaging access to app
      (ID: 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f)
    - Link address to inbox
      (Address: 0x00000000000000000000000000000000000000aa)
    - Link passkey to inbox
      (Passkey: 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f)
    - Revoke messaging access from app
      (ID: 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f)
    - Unlink address from inbox
      (Address: 0x00000000000000000000000000000000000000aa)
    - Unlink passkey from inbox
      (Passkey: 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f)
    - Change inbox recovery address
      (Address: 0x00000000000000000000000000000000000000aa)

    For more info: https://xmtp.org/signatures"
  `);
});

test('a time before 1970 and one at the far end are still dates', () => {
  const text = (clientTimestampNs: bigint) =>
    toSignatureText(
      create(IdentityUpdateSchema, {
        clientTimestampNs,
        actions: [{ kind: { case: 'createInbox', value: { initialIdentifier: address } } }],
      }),
    ).split('\n')[3];
  expect(text(2n ** 64n - 1n)).toBe('Current time: 1969-12-31T23:59:59Z');
  expect(text(2n ** 63n - 1n)).toBe('Current time: 2262-04-11T23:47:16Z');
});

test.each([
  { identifier: address.toUpperCase() },
  { identifier: `0x${'a'.repeat(39)}` },
  { identifier: '' },
  { identifier: `${address}\n- Create inbox` },
])('an identifier of another form ($identifier) is refused: it would never match a signer', ({ identifier }) => {
  const update = create(IdentityUpdateSchema, {
    actions: [{ kind: { case: 'createInbox', value: { initialIdentifier: identifier } } }],
  });
  expect(() => toSignatureText(update)).toThrow(/40 lower case/);
});
