#!/usr/bin/env node
import { oldNodeRefusal } from '@xmtp-messaging/errors/process';

const refusal = oldNodeRefusal('xmtp-messaging-server', process.versions.node);
if (refusal !== null) {
  process.stderr.write(refusal);
  process.exit(2);
}
// The binding of the XMTP SDK must find its libraries before anything imports the SDK.
await import('@xmtp-messaging/glibc-compat/register');
const { main } = await import('./cli/main.ts');
await main();
