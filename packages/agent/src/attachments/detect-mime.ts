/** As much of a file as says what it is, bytes. */
const enough = 65_536;
/** Controls that text may hold: tabs, line breaks, and the escape sequences of terminals. */
const harmless = /[\t\n\v\f\r]|\p{Cc}\[/gu;

/** A MIME type by content: `text/plain` for any UTF-8 text, `application/octet-stream` for what is not recognised. */
export async function detectMime(bytes: Uint8Array): Promise<string> {
  const start = bytes.subarray(0, enough);
  // Many agents never look into a file.
  const { fileTypeFromBuffer } = await import('file-type');
  // A parser that fails on hostile bytes has recognised nothing.
  const found = await fileTypeFromBuffer(start).catch(() => undefined);
  if (found !== undefined) return found.mime;
  return isText(start, bytes.length > enough) ? 'text/plain' : 'application/octet-stream';
}

function isText(bytes: Uint8Array, isCut: boolean): boolean {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: isCut });
    return text !== '' && !/\p{Cc}/u.test(text.replaceAll(harmless, ''));
  } catch {
    return false;
  }
}
