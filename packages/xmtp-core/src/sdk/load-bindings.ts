import type * as bindings from '@xmtp/node-bindings';
import { mailboxError } from '../errors.ts';

export type Bindings = typeof bindings;

/** Loads the native binding only when a mailbox is opened, and says the real reason when it does not load. */
export async function loadBindings(): Promise<Bindings> {
  try {
    return await import('@xmtp/node-bindings');
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
