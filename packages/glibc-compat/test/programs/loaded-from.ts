import { readFileSync } from 'node:fs';

/** Path of the file from which this process runs the XMTP binding. */
export function loadedFrom(): string | undefined {
  return /\/\S+bindings_node\S+\.node/.exec(readFileSync('/proc/self/maps', 'utf8'))?.[0];
}
