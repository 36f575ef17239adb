#!/usr/bin/env node
// The binding of the XMTP SDK must find its libraries before anything imports the SDK.
import '@xmtp-messaging/glibc-compat/register';

const { main } = await import('./cli/main.ts');
await main();
