// Signs a message with each credential through this package, then stays up to be looked into.
import { createOwsSigner } from '@xmtp-messaging/ows-signer';

const [home, message, ...credentials] = process.argv.slice(2) as [string, string, ...string[]];
for (const credential of credentials) {
  const signer = await createOwsSigner({ wallet: 'alice', home, credential });
  await signer.signMessage(message);
}
process.stdout.write('signed\n');
setInterval(() => undefined, 1_000);
