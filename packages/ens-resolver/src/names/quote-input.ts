const maxShown = 80;

/** Untrusted text made safe for a message or a log line: printable ASCII in quotes, at most 80 characters. */
export function quoteInput(input: string): string {
  const cut = input.length > maxShown ? `${input.slice(0, maxShown)}...` : input;
  const escaped = cut.replaceAll(/[^\x20-\x7e]|["\\]/g, (unit) =>
    unit === '"' || unit === '\\' ? `\\${unit}` : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${escaped}"`;
}
