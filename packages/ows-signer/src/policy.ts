#!/usr/bin/env node
// The executable of an OWS policy: reads the request on standard input, prints the verdict. Any failure denies.
import { oldNodeRefusal } from '@xmtp-messaging/errors/process';

const refusal = oldNodeRefusal('xmtp-ows-policy', process.versions.node);
if (refusal !== null) {
  process.stderr.write(refusal);
  process.exit(2);
}
const { runPolicy } = await import('./run-policy.ts');
process.stdout.write(await runPolicy(process));
