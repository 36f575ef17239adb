import { createPrivateKey, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { ensurePrivateFolder, readPrivateFile, writeDurably } from '@xmtp-messaging/errors/files';
import { DevnetError } from '../errors.ts';
import type { Certificates } from './make-certificates.ts';

export interface KeepCertificatesOptions {
  readonly folder: string;
  /** Host names and addresses that they have to be for. */
  readonly names: readonly string[];
  /** Milliseconds since the epoch, by the clock of the machine: clients have that. */
  readonly now: number;
}

/** The file that clients have to trust. */
export const caFileOf = (folder: string): string => join(folder, 'ca.pem');

const leastLeftMs = 86_400_000;

/** Those of the folder, or new ones where they are missing, end soon, or are for other names. @throws DevnetError CANNOT_OPEN_DATA */
export async function keepCertificates({ folder, names, now }: KeepCertificatesOptions): Promise<Certificates> {
  const files = {
    ca: caFileOf(folder),
    certificate: join(folder, 'server.pem'),
    privateKey: join(folder, 'server.key'),
  };
  try {
    ensurePrivateFolder(folder);
    const read = async (path: string) => (await readPrivateFile(path, { others: 'mend' }))?.bytes.toString() ?? '';
    const kept = {
      ca: await read(files.ca),
      certificate: await read(files.certificate),
      privateKey: await read(files.privateKey),
    };
    if (isUsable(kept, { names, now })) return kept;
    // It is a third of a megabyte, which only those need who ask for TLS.
    const { makeCertificates } = await import('./make-certificates.ts');
    const made = await makeCertificates({ names, now });
    // The authority last: whoever finds it finds what it signed.
    await writeDurably(files.privateKey, made.privateKey);
    await writeDurably(files.certificate, made.certificate);
    await writeDurably(files.ca, made.ca);
    return made;
  } catch (cause) {
    const shortMessage = `The devnet cannot keep its certificates in ${folder}.`;
    throw new DevnetError({ code: 'CANNOT_OPEN_DATA', shortMessage, cause });
  }
}

function isUsable(kept: Certificates, { names, now }: { names: readonly string[]; now: number }): boolean {
  try {
    const [ca, certificate] = [new X509Certificate(kept.ca), new X509Certificate(kept.certificate)];
    const covers = (name: string) =>
      (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
    return (
      certificate.checkIssued(ca) &&
      certificate.verify(ca.publicKey) &&
      certificate.checkPrivateKey(createPrivateKey(kept.privateKey)) &&
      Date.parse(certificate.validTo) - now > leastLeftMs &&
      names.every(covers)
    );
  } catch {
    return false;
  }
}
