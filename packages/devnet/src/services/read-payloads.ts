import { fromBinary } from '@bufbuild/protobuf';
import { MlsCredentialSchema } from '../gen/xmtp/identity/credential_pb.ts';
import type { GroupMessageInput, WelcomeMessageInput } from '../gen/xmtp/mls/api/v1/mls_pb.ts';
import { invalidArgument } from '../grpc-error.ts';
import { parseGroupMessage } from '../mls/parse-group-message.ts';
import { type ParsedKeyPackage, parseKeyPackage } from '../mls/parse-key-package.ts';
import { verifyKeyPackage } from '../mls/verify-key-package.ts';
import type { NewGroupMessage } from '../store/create-group-messages.ts';
import type { NewWelcomeMessage } from '../store/create-welcome-messages.ts';

const installationKeyBytes = 32;

/** `WelcomeWrapperAlgorithm`: encrypted under a key that the pointer carries, so there is no public key. */
const symmetricKey = 3;

const nsPerSecond = 1_000_000_000n;

/** Takes from a published group message what the network stores, or refuses it with INVALID_ARGUMENT. */
export function readGroupMessage({ version }: GroupMessageInput): NewGroupMessage {
  if (version.case !== 'v1') return invalidArgument('message must be v1');
  const { data, senderHmac, shouldPush } = version.value;
  const { groupId, contentType } = refuseMalformed('group message', () => parseGroupMessage(data));
  return { groupId, data, senderHmac, shouldPush, isCommit: contentType === 'commit' };
}

/** Whether a group message that was read before changes the group: a commit or a proposal. Those go over the chain. */
export function isHandshake(data: Uint8Array): boolean {
  return parseGroupMessage(data).contentType !== 'application';
}

/** The same for a welcome or a welcome pointer. Their content is encrypted: only its presence can be checked. */
export function readWelcomeMessage({ version }: WelcomeMessageInput): NewWelcomeMessage {
  if (version.case === undefined) return invalidArgument('invalid welcome message: it has no version');
  const pointer = version.case === 'welcomePointer';
  const { installationKey, hpkePublicKey, wrapperAlgorithm } = version.value;
  const data = version.case === 'welcomePointer' ? version.value.welcomePointer : version.value.data;
  const welcomeMetadata = version.case === 'v1' ? version.value.welcomeMetadata : new Uint8Array();
  if (installationKey.length !== installationKeyBytes) {
    return invalidArgument(`invalid welcome message: installation key of ${installationKey.length} bytes, not 32`);
  }
  if (data.length === 0) return invalidArgument('invalid welcome message: it is empty');
  if (!pointer && hpkePublicKey.length === 0 && wrapperAlgorithm !== symmetricKey) {
    return invalidArgument('invalid welcome message: it has no HPKE public key');
  }
  return {
    kind: pointer ? 'pointer' : 'welcome',
    installationKey,
    data,
    hpkePublicKey,
    wrapperAlgorithm,
    welcomeMetadata,
  };
}

/** Parses an uploaded key package and checks both of its signatures, its lifetime and its credential. */
export function readKeyPackage(data: Uint8Array, nowNs: bigint): ParsedKeyPackage {
  const keyPackage = refuseMalformed('key package', () => parseKeyPackage(data));
  const { notBefore, notAfter } = keyPackage.lifetime;
  const now = nowNs / nsPerSecond;
  if (now < notBefore || now > notAfter) return invalidArgument('invalid key package: its lifetime is not now');
  refuseMalformed('key package', () => readCredential(keyPackage.credential));
  if (!verifyKeyPackage(keyPackage)) return invalidArgument('invalid key package: the installation did not sign it');
  return keyPackage;
}

function readCredential(credential: Uint8Array): void {
  try {
    fromBinary(MlsCredentialSchema, credential);
  } catch {
    throw new RangeError('its credential is not one of XMTP');
  }
}

function refuseMalformed<T>(what: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof RangeError) return invalidArgument(`invalid ${what}: ${error.message}`);
    throw error;
  }
}
