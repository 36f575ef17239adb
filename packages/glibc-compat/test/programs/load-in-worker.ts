// Loads XMTP in the main thread and in a worker of the same program, and prints what each saw.
import '@xmtp-messaging/glibc-compat/register';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { Client } from '@xmtp/node-bindings';

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url));
  worker.once('message', (seen) => process.stdout.write(JSON.stringify([typeof Client, seen])));
} else {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(typeof Client);
}
