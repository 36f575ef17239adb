import { createHash, randomBytes } from 'node:crypto';
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { ed25519, ed25519ph } from '@noble/curves/ed25519.js';
import { p256 } from '@noble/curves/nist.js';
import { hexToBytes } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import {
  type IdentityActionSchema,
  type IdentityUpdate,
  IdentityUpdateSchema,
  type MemberIdentifierSchema,
} from '../src/gen/xmtp/identity/associations/association_pb.ts';
import type { SignatureSchema } from '../src/gen/xmtp/identity/associations/signature_pb.ts';
import { toInboxId } from '../src/identity/to-inbox-id.ts';
import type { Member } from '../src/identity/member.ts';
import { toSignatureText } from '../src/identity/to-signature-text.ts';

type SignatureInit = MessageInitShape<typeof SignatureSchema>;
type ActionInit = MessageInitShape<typeof IdentityActionSchema>;

/** Somebody who can be a member of an inbox and sign for it. */
export interface Party {
  readonly member: Member;
  readonly identifier: MessageInitShape<typeof MemberIdentifierSchema>;
  sign(text: string): Promise<SignatureInit>;
}

export function createWallet(): Party {
  const account = privateKeyToAccount(generatePrivateKey());
  const address = account.address.toLowerCase();
  return {
    member: { kind: 'ethereum', text: address },
    identifier: { kind: { case: 'ethereumAddress', value: address } },
    async sign(message) {
      const bytes = hexToBytes(await account.signMessage({ message }));
      return { signature: { case: 'erc191', value: { bytes } } };
    },
  };
}

/** A contract wallet; whether its signature holds is for the `ContractWallets` of the test to say. */
export function createContractWallet(chainId: number, address = createWallet().member.text): Party {
  return {
    member: { kind: 'ethereum', text: address },
    identifier: { kind: { case: 'ethereumAddress', value: address } },
    async sign(text) {
      const signature = createHash('sha256').update(`${chainId}${text}`).digest();
      return { signature: { case: 'erc6492', value: { accountId: `eip155:${chainId}:${address}`, signature } } };
    },
  };
}

export function createInstallation(): Party {
  const { secretKey, publicKey } = ed25519.keygen();
  const context = new TextEncoder().encode('IDENTITY UPDATE SIGNATURE');
  return {
    member: { kind: 'installation', text: Buffer.from(publicKey).toString('hex') },
    identifier: { kind: { case: 'installationPublicKey', value: publicKey } },
    async sign(text) {
      const bytes = ed25519ph.sign(new TextEncoder().encode(text), secretKey, { context });
      return { signature: { case: 'installationKey', value: { bytes, publicKey } } };
    },
  };
}

export function createPasskey(): Party {
  const { secretKey, publicKey } = p256.keygen();
  return {
    member: { kind: 'passkey', text: Buffer.from(publicKey).toString('hex') },
    identifier: { kind: { case: 'passkey', value: { key: publicKey } } },
    async sign(text) {
      const challenge = Buffer.from(text).toString('base64url');
      const clientDataJson = Buffer.from(
        JSON.stringify({ type: 'webauthn.get', challenge, origin: 'https://a.example' }),
      );
      const authenticatorData = randomBytes(37);
      const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientDataJson).digest()]);
      const signature = p256.sign(signed, secretKey, { format: 'der' });
      return { signature: { case: 'passkey', value: { publicKey, signature, authenticatorData, clientDataJson } } };
    },
  };
}

/** One action of an update, before anybody has signed. */
export type Step = (sign: (party: Party) => SignatureInit) => ActionInit;

export const createInbox =
  (owner: Party, { nonce = 1n, signer = owner }: { nonce?: bigint; signer?: Party } = {}): Step =>
  (sign) => ({
    kind: {
      case: 'createInbox',
      value: {
        initialIdentifier: owner.member.text,
        initialIdentifierKind: owner.member.kind === 'passkey' ? 2 : 1,
        nonce,
        initialIdentifierSignature: sign(signer),
      },
    },
  });

export const add =
  (existing: Party, added: Party, { signer = added }: { signer?: Party } = {}): Step =>
  (sign) => ({
    kind: {
      case: 'add',
      value: {
        newMemberIdentifier: added.identifier,
        existingMemberSignature: sign(existing),
        newMemberSignature: sign(signer),
      },
    },
  });

export const revoke =
  (recovery: Party, revoked: Party): Step =>
  (sign) => ({
    kind: {
      case: 'revoke',
      value: { memberToRevoke: revoked.identifier, recoveryIdentifierSignature: sign(recovery) },
    },
  });

export const changeRecovery =
  (recovery: Party, next: Party): Step =>
  (sign) => ({
    kind: {
      case: 'changeRecoveryAddress',
      value: {
        newRecoveryIdentifier: next.member.text,
        newRecoveryIdentifierKind: next.member.kind === 'passkey' ? 2 : 1,
        existingRecoveryIdentifierSignature: sign(recovery),
      },
    },
  });

let time = 1_700_000_000_000_000_000n;

/** An update of the inbox that `owner` opened with nonce 1, signed by everybody whom its steps name. */
export async function createUpdate(
  owner: Party,
  steps: readonly Step[],
  { inboxId = toInboxId(owner.member, 1n) }: { inboxId?: string } = {},
): Promise<IdentityUpdate> {
  time += 1_000_000_000n;
  const parties = new Set<Party>();
  const build = (sign: (party: Party) => SignatureInit) =>
    create(IdentityUpdateSchema, { inboxId, clientTimestampNs: time, actions: steps.map((step) => step(sign)) });
  const unsigned = build((party) => {
    parties.add(party);
    return {};
  });
  const text = toSignatureText(unsigned);
  const signatures = new Map<Party, SignatureInit>();
  for (const party of parties) signatures.set(party, await party.sign(text));
  return build((party) => signatures.get(party)!);
}
