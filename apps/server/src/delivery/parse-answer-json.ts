/**
 * Parses JSON as agents write it: line breaks and other control characters may stand bare inside a string, where
 * templates of workflow tools leave them (RFC 8259 7 wants them escaped). `undefined` when it is no JSON.
 */
export function parseAnswerJson(text: string): unknown {
  const value = parse(text);
  if (value !== undefined) return value;
  const escaped = escapeControls(text);
  return escaped === text ? undefined : parse(escaped);
}

/** `undefined` for what is no JSON; `null` is JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const escapes = Array.from({ length: 0x20 }, (_, code) => JSON.stringify(String.fromCharCode(code)).slice(1, -1));
const quote = 0x22;
const backslash = 0x5c;

/** One pass, so that no text, however it is quoted, costs more than its length. */
function escapeControls(text: string): string {
  const parts: string[] = [];
  let isString = false;
  let copied = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === quote) isString = !isString;
    else if (isString && code === backslash && text.charCodeAt(index + 1) >= 0x20) index += 1;
    else if (isString && code < 0x20) {
      parts.push(text.slice(copied, index), escapes[code]!);
      copied = index + 1;
    }
  }
  return parts.join('') + text.slice(copied);
}
