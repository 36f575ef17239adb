import { clone } from '@bufbuild/protobuf';
import { p256 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { bytesToHex, concat, toBytes } from 'viem';
import { describe, expect, test } from 'vitest';
import {
  add,
  changeRecovery,
  createContractWallet,
  createInbox,
  createInstallation,
  createPasskey,
  createUpdate,
  createWallet,
  type Party,
  revoke,
  type Step,
} from '../../test/identity-builder.ts';
import { type IdentityUpdate, IdentityUpdateSchema } from '../gen/xmtp/identity/associations/association_pb.ts';
import { applyUpdate, verifyUpdate } from './apply-update.ts';
import type { AssociationState } from './diff-members.ts';
import { createContractWallets } from './create-contract-wallets.ts';

async function apply(
  state: AssociationState | null,
  update: IdentityUpdate,
  contractWallets = createContractWallets({}),
): Promise<AssociationState> {
  return applyUpdate(state, update, await verifyUpdate(update, contractWallets));
}

/** The state of a new inbox with these steps after its creation. */
async function open(owner: Party, ...steps: Step[]): Promise<AssociationState> {
  return apply(null, await createUpdate(owner, [createInbox(owner), ...steps]));
}

const members = ({ members: byKey }: AssociationState) => Object.values(byKey).map(({ text }) => text);

const [wallet, second, stranger] = [createWallet(), createWallet(), createWallet()];
const [installation, other] = [createInstallation(), createInstallation()];
const passkey = createPasskey();

describe('what is allowed', () => {
  test.each([
    { name: 'a wallet adds an installation', owner: wallet, steps: [add(wallet, installation)], count: 2 },
    { name: 'a wallet adds a wallet', owner: wallet, steps: [add(wallet, second)], count: 2 },
    { name: 'a wallet adds a passkey', owner: wallet, steps: [add(wallet, passkey)], count: 2 },
    { name: 'a passkey opens an inbox and adds', owner: passkey, steps: [add(passkey, installation)], count: 2 },
    {
      name: 'an installation adds a wallet',
      owner: wallet,
      steps: [add(wallet, installation), add(installation, second)],
      count: 3,
    },
    {
      name: 'the recovery identifier revokes, installations go with the one who added them',
      owner: wallet,
      steps: [add(wallet, second), add(second, installation), revoke(wallet, second)],
      count: 1,
    },
    {
      name: 'the recovery identifier adds although it is no member',
      owner: wallet,
      steps: [changeRecovery(wallet, second), add(second, installation)],
      count: 2,
    },
    {
      name: 'recovery can be handed to a passkey',
      owner: wallet,
      steps: [add(wallet, installation), changeRecovery(wallet, passkey), revoke(passkey, wallet)],
      count: 0,
    },
  ])('$name', async ({ owner, steps, count }) => {
    expect(members(await open(owner, ...steps))).toHaveLength(count);
  });

  test('a revoked member can be added again by a new signature', async () => {
    const state = await open(wallet, add(wallet, second), revoke(wallet, second));
    const again = await apply(state, await createUpdate(wallet, [add(wallet, second)]));
    expect(members(again)).toContain(second.member.text);
  });
});

describe('what is refused', () => {
  test.each<{ name: string; steps: Step[]; words: RegExp }>([
    { name: 'a stranger adds himself', steps: [add(stranger, installation)], words: /Missing existing member/ },
    { name: 'a member adds itself', steps: [add(wallet, wallet)], words: /tried to add self/ },
    {
      name: 'the new member did not sign',
      steps: [add(wallet, second, { signer: stranger })],
      words: /does not match the signer/,
    },
    {
      name: 'an installation adds an installation',
      steps: [add(wallet, installation), add(installation, other)],
      words: /installation not allowed to add installation/,
    },
    {
      name: 'a member that is not the recovery identifier revokes',
      steps: [add(wallet, second), revoke(second, wallet)],
      words: /Missing existing member/,
    },
    {
      name: 'the old recovery identifier revokes',
      steps: [changeRecovery(wallet, second), revoke(wallet, wallet)],
      words: /Missing existing member/,
    },
    { name: 'an inbox is opened twice', steps: [createInbox(wallet)], words: /Multiple create/ },
  ])('$name', async ({ steps, words }) => {
    await expect(open(wallet, ...steps)).rejects.toThrow(words);
  });

  test('a log that does not begin with its creation', async () => {
    await expect(apply(null, await createUpdate(wallet, [add(wallet, second)]))).rejects.toThrow(/not yet created/);
  });

  test('an inbox opened in the name of somebody else, or under an id that is not its own', async () => {
    const stolen = await createUpdate(wallet, [createInbox(wallet, { signer: stranger })]);
    await expect(apply(null, stolen)).rejects.toThrow(/Missing existing member/);
    const misnamed = await createUpdate(wallet, [createInbox(wallet)], { inboxId: 'ab'.repeat(32) });
    await expect(apply(null, misnamed)).rejects.toThrow(/Wrong inbox_id/);
  });

  test('an update without actions', async () => {
    await expect(createUpdate(wallet, []).then((update) => apply(null, update))).rejects.toThrow(/changes nothing/);
  });

  test('the same update again, also when its signature is written another way', async () => {
    const state = await open(wallet);
    const update = await createUpdate(wallet, [add(wallet, second)]);
    const after = await apply(await apply(state, update), await createUpdate(wallet, [revoke(wallet, second)]));
    await expect(apply(after, update)).rejects.toThrow(/Replay detected/);
    const malleable = clone(IdentityUpdateSchema, update);
    const { kind } = malleable.actions[0]!;
    if (kind.case !== 'add') throw new Error('unexpected');
    for (const signature of [kind.value.existingMemberSignature, kind.value.newMemberSignature]) {
      if (signature?.signature.case === 'erc191')
        signature.signature.value.bytes = malleate(signature.signature.value.bytes);
    }
    await expect(apply(after, malleable)).rejects.toThrow(/Replay detected/);
  });

  test('a signature over another text, of any kind', async () => {
    for (const party of [wallet, passkey, installation]) {
      const update = await createUpdate(wallet, [createInbox(wallet), add(wallet, installation), add(wallet, passkey)]);
      update.clientTimestampNs += 10_000_000_000n;
      await expect(apply(null, update), party.member.kind).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
    }
  });

  test('signatures that are missing, cut short, of the wrong kind or of the retired protocol', async () => {
    const update = await createUpdate(wallet, [createInbox(wallet)]);
    const { kind } = update.actions[0]!;
    if (kind.case !== 'createInbox') throw new Error('unexpected');
    const outcomes: string[] = [];
    for (const signature of [
      { case: undefined },
      { case: 'erc191', value: { bytes: new Uint8Array(64) } },
      { case: 'erc191', value: { bytes: new Uint8Array(65) } },
      { case: 'installationKey', value: { bytes: new Uint8Array(64), publicKey: new Uint8Array(32) } },
      {
        case: 'passkey',
        value: { publicKey: p256.keygen().publicKey, signature: new Uint8Array(8), clientDataJson: new Uint8Array() },
      },
      { case: 'delegatedErc191', value: {} },
      { case: 'erc6492', value: { accountId: `eip155:1:${wallet.member.text}`, signature: new Uint8Array(65) } },
      { case: 'erc6492', value: { accountId: 'solana:1:x', signature: new Uint8Array(65) } },
    ]) {
      kind.value.initialIdentifierSignature = { signature } as never;
      outcomes.push(await apply(null, update).then(String, (error: Error) => error.message.split('\n')[0]!));
    }
    expect(outcomes).toMatchInlineSnapshot(`
      [
        "Signature validation failed: a signature is missing",
        "Signature validation failed: an ECDSA signature is r, s and v in 65 bytes",
        "Signature validation failed: the ECDSA signature has no signer",
        "Signature validation failed: the installation key did not sign this update",
        "Signature validation failed: the passkey answered another challenge",
        "keys of the retired V2 protocol cannot sign on this devnet; sign with the wallet itself",
        "contract wallet signatures of chain 1 cannot be checked: this devnet was started without an RPC for it",
        "a contract wallet is named as eip155:<chain id>:<address>",
      ]
    `);
  });
});

test('a contract on another chain is somebody else, although it has the same address', async () => {
  const accepting = {
    verify: async ({ accountId }: { accountId: string }) => {
      const [, chainId, address] = accountId.split(':');
      return { valid: true, address: address as `0x${string}`, chainId: Number(chainId), blockNumber: 1n };
    },
  };
  const here = createContractWallet(1);
  const elsewhere = createContractWallet(2, here.member.text);
  const run = async (...steps: Step[]) =>
    apply(null, await createUpdate(here, [createInbox(here), ...steps]), accepting);
  expect(members(await run(add(here, second), revoke(here, second)))).toHaveLength(1);
  for (const step of [add(elsewhere, second), revoke(elsewhere, here), changeRecovery(elsewhere, second)]) {
    await expect(run(step)).rejects.toThrow(/Chain id mismatch/);
  }
  await expect(run(add(here, second), add(second, elsewhere))).rejects.toThrow(/Chain id mismatch/);
});

/** The other valid encoding of the same ECDSA signature (EIP-2). */
function malleate(signature: Uint8Array): Uint8Array {
  const s = BigInt(bytesToHex(signature.subarray(32, 64)));
  const flipped = toBytes(secp256k1.Point.CURVE().n - s, { size: 32 });
  return concat([signature.subarray(0, 32), flipped, Uint8Array.of(signature[64] === 27 ? 28 : 27)]);
}
