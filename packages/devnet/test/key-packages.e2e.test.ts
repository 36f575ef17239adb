import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { expect, onTestFinished, test } from 'vitest';
import {
  FetchKeyPackagesRequestSchema,
  FetchKeyPackagesResponseSchema,
  UploadKeyPackageRequestSchema,
} from '../src/gen/xmtp/mls/api/v1/mls_pb.ts';
import { parseKeyPackage } from '../src/mls/parse-key-package.ts';
import { readKeyPackage } from '../src/services/read-payloads.ts';
import { captureRequests, createRoutes } from './capture-requests.ts';
import { createClients } from './clients.ts';

test('a key package is kept when its installation signed it, replaces the last one, and no byte of it may change', async () => {
  const captured = await captureRequests(async (network) => void (await createClients(network, 2)));
  const [first, second] = captured.get('/xmtp.mls.api.v1.MlsApi/UploadKeyPackage')!.map((request) => {
    const { keyPackage } = fromBinary(UploadKeyPackageRequestSchema, request);
    return keyPackage!.keyPackageTlsSerialized;
  });
  const { routes, close } = createRoutes();
  onTestFinished(close);
  const call = (method: string, request: Uint8Array) =>
    routes
      .find((route) => route.method === method)!
      .unary(request, { signal: new AbortController().signal, identify: () => {} });
  const upload = (keyPackageTlsSerialized: Uint8Array) =>
    call(
      'UploadKeyPackage',
      toBinary(
        UploadKeyPackageRequestSchema,
        create(UploadKeyPackageRequestSchema, { keyPackage: { keyPackageTlsSerialized } }),
      ),
    );
  const fetchAll = async (installationKeys: Uint8Array[]) => {
    const request = toBinary(
      FetchKeyPackagesRequestSchema,
      create(FetchKeyPackagesRequestSchema, { installationKeys }),
    );
    const { keyPackages } = fromBinary(FetchKeyPackagesResponseSchema, await call('FetchKeyPackages', request));
    return keyPackages.map(({ keyPackageTlsSerialized }) => keyPackageTlsSerialized);
  };

  const key = parseKeyPackage(first!).installationKey;
  const { installationKey: otherKey, lifetime } = parseKeyPackage(second!);
  expect(lifetime.notAfter).toBeGreaterThan(BigInt(Math.trunc(Date.now() / 1_000)));
  expect(() => readKeyPackage(first!, (lifetime.notAfter + 86_400n) * 1_000_000_000n)).toThrow(
    /its lifetime is not now/,
  );
  const { credential } = parseKeyPackage(first!);
  const noCredential = Uint8Array.from(first!);
  // The tag of the inbox id; what is left is no message any more.
  noCredential.set([0xff], credential.byteOffset - first!.byteOffset);
  await expect(upload(noCredential)).rejects.toThrow(/its credential is not one of XMTP/);
  await upload(first!);
  await upload(first!);
  expect(await fetchAll([otherKey, key])).toEqual([new Uint8Array(), first]);
  await upload(second!);
  expect(await fetchAll([otherKey, key])).toEqual([second, first]);

  for (let at = 0; at < first!.length; at += 7) {
    const changed = Uint8Array.from(first!);
    changed[at]! ^= 1;
    await expect(upload(changed), `byte ${at}`).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  }
  expect(await fetchAll([key])).toEqual([first]);
});
