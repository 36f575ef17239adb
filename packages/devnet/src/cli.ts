#!/usr/bin/env node
import { oldNodeRefusal } from '@xmtp-messaging/errors/process';

const refusal = oldNodeRefusal('xmtp-devnet', process.versions.node);
if (refusal !== null) {
  process.stderr.write(refusal);
  process.exit(2);
}
const { createProgram } = await import('./cli/create-program.ts');
await createProgram().parseAsync();
