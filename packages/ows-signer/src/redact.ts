const token = /ows_key_[0-9a-zA-Z]+/g;
const longestLine = 300;

/** One line of a command's output that is fit for an error or a log: no secrets, no control characters, not long. */
export function redact(line: string, secret: string | undefined): string {
  const parts = (secret ?? '').split(/[\r\n]+/).filter((part) => part !== '');
  const known = parts.reduce((text, part) => text.replaceAll(part, '[redacted]'), line);
  const clean = known.replaceAll(token, '[redacted]').replaceAll(/\p{C}/gu, ' ').trim();
  return clean.length > longestLine ? `${clean.slice(0, longestLine)}...` : clean;
}
