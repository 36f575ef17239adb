/** A text that was carried by invisible characters. */
export interface HiddenPayload {
  /**
   * `tags`: the tag characters U+E0020 to U+E007E. `zero-width-binary`: two zero-width characters as bits.
   * `variation-selectors`: one byte in each.
   */
  kind: 'tags' | 'zero-width-binary' | 'variation-selectors';
  /** How many characters carried it. */
  characters: number;
  /** The decoded text, at most 4,096 characters, which may hold line ends; `null` when it decodes to nothing readable. */
  text: string | null;
}

const maxText = 4_096;
/** Fewer carriers may be a slip of a keyboard or a font; they are only counted. */
const minCarriers = 8;
const readablePattern = /^[\n\t\P{C}]+$/u;

/** Decodes what the characters removed from a message may have carried. For the operator, never for a prompt. */
export function decodePayloads(removed: string): HiddenPayload[] {
  if (removed.length === 0) return [];
  const payloads = [decodeTags(removed), decodeZeroWidth(removed), decodeSelectors(removed)];
  return payloads.filter((payload) => payload !== null);
}

function decodeTags(removed: string): HiddenPayload | null {
  const tags = removed.match(/[\u{E0020}-\u{E007E}]/gu) ?? [];
  return payload(
    'tags',
    tags.length,
    readable(tags.map((tag) => String.fromCharCode(tag.codePointAt(0)! - 0xe0000)).join('')),
  );
}

function decodeZeroWidth(removed: string): HiddenPayload | null {
  const found = removed.match(/[\u180E\u200B-\u200F\u2060-\u2064\uFEFF]/g) ?? [];
  const counts = new Map<string, number>();
  for (const one of found) counts.set(one, (counts.get(one) ?? 0) + 1);
  const [first, second] = [...counts].toSorted((a, b) => b[1] - a[1]).map(([one]) => one);
  if (first === undefined || second === undefined) return null;
  // A third character only separates the letters; the lower of the two is more often the zero.
  const zero = first < second ? first : second;
  const bits = found.filter((one) => one === first || one === second).map((one) => (one === zero ? 0 : 1));
  const inverse = bits.map((bit) => 1 - bit);
  const text =
    fromBytes(pack(bits, 8)) ?? fromBytes(pack(inverse, 8)) ?? fromBytes(pack(bits, 7)) ?? fromBytes(pack(inverse, 7));
  return payload('zero-width-binary', bits.length, text);
}

function pack(bits: readonly number[], width: number): number[] {
  const bytes: number[] = [];
  for (let at = 0; at + width <= bits.length; at += width) {
    bytes.push(bits.slice(at, at + width).reduce((byte, bit) => byte * 2 + bit, 0));
  }
  return bytes;
}

function decodeSelectors(removed: string): HiddenPayload | null {
  const bytes = (removed.match(/[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu) ?? []).map((one) => {
    const code = one.codePointAt(0)!;
    return code <= 0xfe0f ? code - 0xfe00 : code - 0xe0100 + 16;
  });
  const nibbles = bytes.every((byte) => byte < 16) ? bytes : [];
  const pairs = nibbles.flatMap((high, at) =>
    at % 2 === 0 && at + 1 < nibbles.length ? [high * 16 + nibbles[at + 1]!] : [],
  );
  return payload('variation-selectors', bytes.length, fromBytes(bytes) ?? fromBytes(pairs));
}

function fromBytes(bytes: readonly number[]): string | null {
  try {
    return readable(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes)));
  } catch {
    return null;
  }
}

function readable(text: string): string | null {
  return readablePattern.test(text) ? text.slice(0, maxText) : null;
}

function payload(kind: HiddenPayload['kind'], characters: number, text: string | null): HiddenPayload | null {
  return characters === 0 || (text === null && characters < minCarriers) ? null : { kind, characters, text };
}
