/** Shorter values, and single words, stand in ordinary text; taking them out would also tell who asks that he guessed right. */
const shortest = 8;
const wordPattern = /^\p{L}{1,15}$/u;
const compiled = new WeakMap<readonly string[], RegExp | null>();

/**
 * A pattern for exact values in the encodings that a program, or a model that was asked to, would put them in: as they
 * are, JSON, URL encoding, hex, base64 and base64url, also in the middle of a longer text. `null` when there is nothing to look for.
 */
export function knownSecrets(values: readonly string[]): RegExp | null {
  const known = compiled.get(values);
  if (known !== undefined) return known;
  const forms = new Set(values.flatMap(formsOf).filter((form) => form.length >= shortest));
  const sorted = [...forms].toSorted((a, b) => b.length - a.length);
  const pattern = sorted.length === 0 ? null : new RegExp(sorted.map(escapePattern).join('|'), 'g');
  compiled.set(values, pattern);
  return pattern;
}

function formsOf(value: string): string[] {
  if (value.length < shortest || wordPattern.test(value)) return [];
  const bare = value.startsWith('whsec_') ? value.slice(6) : value;
  const encoded = [value, bare].flatMap((text) => bytesForms(new TextEncoder().encode(text)));
  const bytes = /^(?:[0-9a-f]{2}){8,}$/i.test(value)
    ? Uint8Array.from(value.match(/../g)!, (pair) => Number.parseInt(pair, 16))
    : null;
  return [
    value,
    bare,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    encodeURIComponent(value).replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    ...encoded,
    ...(bytes === null ? [] : [value.toLowerCase(), value.toUpperCase(), ...bytesForms(bytes)]),
    ...(value === bare ? [] : base64Bytes(bare)),
  ];
}

/** The bytes behind a webhook secret, in the other encodings. */
function base64Bytes(text: string): string[] {
  try {
    return bytesForms(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  } catch {
    return [];
  }
}

function bytesForms(bytes: Uint8Array): string[] {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const whole = btoa(String.fromCharCode(...bytes));
  const bare = whole.replace(/=+$/, '');
  return [hex, hex.toUpperCase(), whole, bare, ...base64Forms(bytes)].flatMap((form) => [form, urlSafe(form)]);
}

/** Base64 at each of the three offsets at which the bytes may stand in a longer text, without what neighbours decide. */
function base64Forms(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((offset) => {
    const padded = new Uint8Array(offset + bytes.length);
    padded.set(bytes, offset);
    const text = btoa(String.fromCharCode(...padded)).replace(/=+$/, '');
    const start = offset === 0 ? 0 : offset + 1;
    const end = padded.length % 3 === 0 ? text.length : text.length - 1;
    return text.slice(start, end);
  });
}

function urlSafe(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_');
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
