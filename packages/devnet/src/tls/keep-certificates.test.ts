import { X509Certificate } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { caFileOf, keepCertificates } from './keep-certificates.ts';

const names = ['localhost', 'grpc.dev.xmtp.network', '127.0.0.1', '::1'];
const now = Date.parse('2026-01-01');
const day = 86_400_000;

test('they are made once, are for these names alone, and only their owner may read the key', async () => {
  const folder = join(await temporaryDirectory(), 'tls');
  const made = await keepCertificates({ folder, names, now });
  const certificate = new X509Certificate(made.certificate);
  const ca = new X509Certificate(await readFile(caFileOf(folder)));
  expect(certificate.verify(ca.publicKey)).toBe(true);
  expect([ca.ca, certificate.ca]).toEqual([true, false]);
  expect(certificate.subject).not.toBe(certificate.issuer);
  expect(certificate.checkHost('example.org')).toBeUndefined();
  expect((await stat(join(folder, 'server.key'))).mode & 0o777).toBe(0o600);
  expect(await keepCertificates({ folder, names: names.slice(1), now: now + 300 * day })).toEqual(made);
});

test.each(['another name', 'a day before the end', 'a damaged key', 'an authority of others'])(
  'they are made anew for %s',
  async (reason) => {
    const folder = await temporaryDirectory();
    const made = await keepCertificates({ folder, names, now });
    if (reason === 'a damaged key') await writeFile(join(folder, 'server.key'), 'x');
    if (reason === 'an authority of others') {
      const other = await keepCertificates({ folder: await temporaryDirectory(), names, now });
      await writeFile(caFileOf(folder), other.ca);
    }
    const again = await keepCertificates({
      folder,
      names: reason === 'another name' ? [...names, 'node.test'] : names,
      now: reason === 'a day before the end' ? now + 396.5 * day : now,
    });
    expect(again.certificate).not.toBe(made.certificate);
    expect(new X509Certificate(again.certificate).verify(new X509Certificate(again.ca).publicKey)).toBe(true);
  },
);
