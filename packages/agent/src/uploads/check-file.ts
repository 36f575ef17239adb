import { setImmediate as nextTurn } from 'node:timers/promises';
import { findInBytes } from '../outbound/check-content.ts';
import type { Scrub } from '../outbound/create-scrub.ts';
import { AgentError } from '../errors.ts';

/** Looked at in one piece of work, bytes; what may not leave is found across the end of it as well. */
const window = 262_144;
const overlap = 32_768;

/**
 * Holds a file of any size against the outbound guard, a piece at a time, so that nobody else has to wait.
 * @throws AgentError CONTENT_UNSAFE
 */
export async function checkFile(bytes: Uint8Array, scrub: Scrub): Promise<void> {
  for (let at = 0; at < bytes.length; at += window) {
    const [start, end] = [characterAt(bytes, Math.max(0, at - overlap), -1), characterAt(bytes, at + window, 1)];
    const found = findInBytes(bytes.subarray(start, end), scrub);
    if (found.length > 0) {
      throw new AgentError({ code: 'CONTENT_UNSAFE', metaMessages: [`Found in the file: ${found.join(', ')}.`] });
    }
    await nextTurn();
  }
}

/** The nearest place where no UTF-8 character is parted: a piece that begins or ends inside of one would count as no text. */
function characterAt(bytes: Uint8Array, place: number, direction: 1 | -1): number {
  let at = place;
  for (let step = 0; step < 3 && at > 0 && at < bytes.length && (bytes[at]! & 0xc0) === 0x80; step += 1)
    at += direction;
  return at;
}
