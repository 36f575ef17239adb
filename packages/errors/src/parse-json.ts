/** The value of a JSON text (RFC 8259); `undefined`, which no such text has, when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
