/** A request whose whole answer must fit in `maxBytes` and, body included, in the time that `signal` allows. */
export interface FetchCappedOptions {
  url: URL;
  headers?: Readonly<Record<string, string>> | undefined;
  /** JSON text to post. @default a GET request */
  body?: string | null | undefined;
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
  const { url, headers = {}, body = null, maxBytes, signal, fetch } = options;
  const post = { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } };
  const response = await fetch(url, { ...(body === null ? { headers } : post), signal, redirect: 'manual' });
  const { status } = response;
  if (status !== 200) await response.body?.cancel();
  return { status, headers: response.headers, body: status === 200 ? await readCapped(response, maxBytes) : null };
}

/** By a reader: not every browser iterates over a stream. */
async function readCapped(response: Response, maxBytes: number): Promise<string | null> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let size = 0; ;) {
    const part = await reader?.read();
    if (part?.value === undefined) return text + decoder.decode();
    size += part.value.length;
    if (size > maxBytes) {
      await reader?.cancel();
      return null;
    }
    text += decoder.decode(part.value, { stream: true });
  }
}
