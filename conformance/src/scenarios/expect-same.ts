import { isDeepStrictEqual } from 'node:util';

const shown = (value: unknown) => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 200 ? `${text.slice(0, 200)}… (${text.length} characters)` : text;
};

/** @throws Error that says what was seen and what was expected */
export function expectSame(what: string, seen: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(seen, expected))
    throw new Error(`${what}: ${shown(seen)}, and it should be ${shown(expected)}.`);
}
