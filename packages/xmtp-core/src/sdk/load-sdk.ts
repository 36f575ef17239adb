import type * as bindings from '@xmtp/node-bindings';
import type * as sdk from '@xmtp/node-sdk';
import { mailboxError } from '../errors.ts';

export type Bindings = typeof bindings;
export type Sdk = typeof sdk;

/** Loads the SDK and its binding only when a mailbox is opened, and says the real reason when they do not load. */
export async function loadSdk(): Promise<{ sdk: Sdk; bindings: Bindings }> {
  try {
    return { bindings: await import('@xmtp/node-bindings'), sdk: await import('@xmtp/node-sdk') };
  } catch (cause) {
    throw mailboxError('BINDING_UNLOADABLE', { detail: deepestMessage(cause), cause });
  }
}

/** The loader's own message blames npm; the linker's is at the end of the chain. */
export function deepestMessage(error: unknown): string {
  let message = String(error);
  const seen = new Set<unknown>();
  for (let e = error; e instanceof Error && !seen.has(e); e = e.cause) {
    seen.add(e);
    message = e.message;
  }
  return message;
}
