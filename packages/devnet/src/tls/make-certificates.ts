import 'reflect-metadata';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** PEM texts. */
export interface Certificates {
  /** What clients have to trust. */
  readonly ca: string;
  readonly certificate: string;
  readonly privateKey: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const day = 86_400_000;
/** What browsers accept of a server's certificate at the most is 398 days (CA/Browser Forum, Ballot SC31). */
const validDays = 397;

/**
 * An authority of its own that signs one certificate and whose key is then forgotten: who trusts it trusts these names on
 * this machine, and nothing else can ever be signed by it.
 * @param names Host names and addresses. @param now Milliseconds since the epoch.
 */
export async function makeCertificates({
  names,
  now,
}: {
  names: readonly string[];
  now: number;
}): Promise<Certificates> {
  const generate = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const [authority, server] = [await generate(), await generate()];
  const lasting = {
    notBefore: new Date(now - day),
    notAfter: new Date(now + validDays * day),
    signingAlgorithm: algorithm,
  };
  const ca = await X509CertificateGenerator.createSelfSigned({
    ...lasting,
    name: 'CN=Authority of one XMTP devnet',
    keys: authority,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      await SubjectKeyIdentifierExtension.create(authority.publicKey),
    ],
  });
  const alternatives = names.map((name) => ({
    type: isIP(name) === 0 ? ('dns' as const) : ('ip' as const),
    value: name,
  }));
  const certificate = await X509CertificateGenerator.create({
    ...lasting,
    subject: 'CN=XMTP devnet',
    issuer: ca.subject,
    publicKey: server.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(alternatives),
      await AuthorityKeyIdentifierExtension.create(authority.publicKey),
    ],
  });
  const key = await crypto.subtle.exportKey('pkcs8', server.privateKey);
  return {
    ca: `${ca.toString('pem')}\n`,
    certificate: `${certificate.toString('pem')}\n`,
    privateKey: `${PemConverter.encode(key, 'PRIVATE KEY')}\n`,
  };
}
