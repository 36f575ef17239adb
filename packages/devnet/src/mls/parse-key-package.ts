import { createTlsReader, type TlsReader } from './create-tls-reader.ts';

/** What the network takes from a key package. */
export interface ParsedKeyPackage {
  /** The Ed25519 key of the installation. */
  readonly installationKey: Uint8Array;
  /** The basic credential: a serialised XMTP credential that names the inbox. */
  readonly credential: Uint8Array;
  /** Seconds since the epoch. */
  readonly lifetime: { readonly notBefore: bigint; readonly notAfter: bigint };
  /** What the two signatures cover, and the signatures. */
  readonly leafNode: SignedPart;
  readonly keyPackage: SignedPart;
}

export interface SignedPart {
  readonly content: Uint8Array;
  readonly signature: Uint8Array;
}

const mls10 = 1;
const basicCredential = 1;
const keyPackageSource = 1;

/**
 * Parses a KeyPackage (RFC 9420 section 10) to its last byte.
 * @throws RangeError when the bytes are not a key package of an XMTP installation.
 */
export function parseKeyPackage(data: Uint8Array): ParsedKeyPackage {
  const reader = createTlsReader(data);
  const version = reader.uint16();
  if (version !== mls10) throw new RangeError(`unknown MLS version ${version}`);
  reader.uint16(); // cipher_suite
  reader.vector(); // init_key
  const leaf = readLeafNode(reader, data);
  reader.vector(); // extensions
  const content = data.subarray(0, reader.offset());
  const signature = reader.vector();
  reader.end();
  return { ...leaf, keyPackage: { content, signature } };
}

function readLeafNode(reader: TlsReader, data: Uint8Array): Omit<ParsedKeyPackage, 'keyPackage'> {
  const start = reader.offset();
  reader.vector(); // encryption_key
  const installationKey = reader.vector();
  if (installationKey.length !== 32) throw new RangeError(`signature key of ${installationKey.length} bytes, not 32`);
  const credentialType = reader.uint16();
  if (credentialType !== basicCredential) throw new RangeError(`credential type ${credentialType} is not basic`);
  const credential = reader.vector();
  for (let list = 0; list < 5; list++) reader.vector(); // capabilities
  const source = reader.uint8();
  if (source !== keyPackageSource) throw new RangeError(`leaf node source ${source} is not a key package`);
  const lifetime = { notBefore: reader.uint64(), notAfter: reader.uint64() };
  reader.vector(); // extensions
  const content = data.subarray(start, reader.offset());
  const signature = reader.vector();
  return { installationKey, credential, lifetime, leafNode: { content, signature } };
}
