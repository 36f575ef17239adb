/**
 * Parses JSON as agents write it: line breaks and other control characters may stand bare inside a string, where
 * templates of workflow tools leave them (RFC 8259 7 wants them escaped). `undefined` when it is no JSON.
 */
export function parseAnswerJson(text: string): unknown {
  return parse(text) ?? parse(escapeControls(text));
}

/** `undefined` for what is no JSON; `null` is JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function escapeControls(text: string): string {
  // A string: no quote and no backslash, but for a backslash with what follows it.
  return text.replaceAll(/"[^"\\]*(?:\\[^][^"\\]*)*"/gu, (string) =>
    // oxlint-disable-next-line no-control-regex -- the control characters are what is looked for
    string.replaceAll(/[\u0000-\u001F]/gu, (character) => JSON.stringify(character).slice(1, -1)),
  );
}
