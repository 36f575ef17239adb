const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** What a value of JSON may be made of; beyond, it would cost more to look at than it says. */
const maxParts = 10_000;
const maxDepth = 32;

/** @throws TypeError, SyntaxError, RangeError: no JSON, or none that is worth the work. */
export function readJson(bytes: Uint8Array): unknown {
  let parts = 0;
  for (const byte of bytes) {
    // `,` `[` `{`, in strings as well: who has so many of them there has no content of ours.
    if (byte === 0x2c || byte === 0x5b || byte === 0x7b) parts += 1;
  }
  if (parts > maxParts) throw new RangeError('too many parts');
  const value: unknown = JSON.parse(utf8.decode(bytes));
  assertShallow(value, maxDepth);
  return value;
}

function assertShallow(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth === 0) throw new RangeError('nested too deeply');
  for (const each of Object.values(value)) assertShallow(each, depth - 1);
}
