import { loadSdk } from './load-sdk.ts';

/**
 * Loads the XMTP SDK, which takes a few hundred milliseconds of the processor, before a mailbox needs it: for a program that has
 * something to wait for first, such as its wallet. It never throws; `openMailbox` says why the SDK does not load.
 */
export function preloadSdk(): void {
  loadSdk().catch(() => undefined);
}
