/** A request whose whole answer must fit in `maxBytes` and, body included, in the time that `signal` allows. */
export interface FetchCappedOptions {
  url: URL;
  headers: Readonly<Record<string, string>>;
  /** Bytes after decompression. */
  maxBytes: number;
  signal: AbortSignal;
  fetch: typeof globalThis.fetch;
}

/** `body` is `null` when it was longer than allowed, or not read because the status is not 200. */
export interface CappedResponse {
  status: number;
  headers: Headers;
  body: string | null;
}

/** A redirect is returned as it is, never followed: the headers may hold an API key. */
export async function fetchCapped(options: FetchCappedOptions): Promise<CappedResponse> {
  const { url, headers, maxBytes, signal, fetch } = options;
  const response = await fetch(url, { headers, signal, redirect: 'manual' });
  const { status } = response;
  if (status !== 200) await response.body?.cancel();
  return { status, headers: response.headers, body: status === 200 ? await readCapped(response, maxBytes) : null };
}

async function readCapped(response: Response, maxBytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the stream, and with it the download.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
