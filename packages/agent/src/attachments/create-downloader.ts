import type { IncomingMessage } from 'node:http';
import { createGuardedRequest, type GuardedRequestOptions, readAtMost } from '@xmtp-messaging/errors/network';
import { AgentError } from '../errors.ts';

/** What a download may cost. */
export interface DownloadLimits {
  /** Of the encrypted file, bytes. */
  maxBytes: number;
  /** From the first call to the last byte, milliseconds. */
  timeoutMs: number;
}

/** Fetches a file that a stranger gave the URL of. */
export interface Downloader {
  /** @throws AgentError ATTACHMENT_REFUSED, ATTACHMENT_UNREACHABLE, ATTACHMENT_TOO_LARGE */
  download(url: string, limits: DownloadLimits & { signal: AbortSignal }): Promise<Uint8Array>;
  /** Closes its connections. */
  close: () => void;
}

const maxRedirects = 3;

/** Each step of a redirect is held against the rules like the first one, at the connection itself. */
export function createDownloader(
  options: Pick<GuardedRequestOptions, 'allowPrivate' | 'publicOnly' | 'lookup'>,
): Downloader {
  const client = createGuardedRequest({ ...options, errors: { refused, unreachable, timedOut } });

  const step = async (url: URL, limits: DownloadLimits, signal: AbortSignal) =>
    await client.request(
      { method: 'GET', url, headers: { 'accept-encoding': 'identity' }, timeoutMs: limits.timeoutMs, signal },
      (answer) => readFile(url, answer, limits.maxBytes),
    );

  return {
    async download(text, { signal, ...limits }) {
      let url = parseUrl(text, undefined);
      const end = performance.now() + limits.timeoutMs;
      for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
        const left = Math.max(1, end - performance.now());
        const found = await step(url, { ...limits, timeoutMs: left }, signal);
        if (found instanceof Uint8Array) return found;
        url = parseUrl(found.location, url);
      }
      throw refused(url, 'is reached by too many redirects.');
    },
    close: client.close,
  };
}

async function readFile(url: URL, answer: IncomingMessage, maxBytes: number) {
  const { statusCode = 0, headers } = answer;
  const { location } = headers;
  if (statusCode >= 300 && statusCode < 400 && location !== undefined) {
    answer.resume();
    return { location };
  }
  if (statusCode !== 200) throw unreachable(url, null, `answered ${statusCode}`, isPassing(statusCode));
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw attachmentTooLarge(maxBytes);
  return await readAtMost(answer, maxBytes, attachmentTooLarge);
}

const isPassing = (status: number) => status >= 500 || status === 408 || status === 429;

function parseUrl(text: string, base: URL | undefined): URL {
  const url = text.length <= 4_096 ? URL.parse(text, base?.href) : null;
  if (url !== null) return url;
  throw new AgentError({ code: 'ATTACHMENT_REFUSED', shortMessage: 'The file has no usable URL.' });
}

/** What a file that exceeds the limit ends in. */
export function attachmentTooLarge(maxBytes: number): AgentError {
  return new AgentError({ code: 'ATTACHMENT_TOO_LARGE', shortMessage: `The file is over ${maxBytes} bytes.` });
}

// The URL is a stranger's, and a host name has room for a sentence: it is a fact for programs, and stands in no words of ours.
function refused(url: URL, problem: string): AgentError {
  const facts = { host: url.host };
  return new AgentError({ code: 'ATTACHMENT_REFUSED', shortMessage: `The URL of the file ${problem}`, facts });
}

function unreachable(url: URL, cause: unknown, what = 'cannot be reached', retryable = true): AgentError {
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return new AgentError({
    code: 'ATTACHMENT_UNREACHABLE',
    shortMessage: `The place of the file ${what}${code}.`,
    facts: { host: url.host },
    retryable,
    cause,
  });
}

function timedOut(url: URL, timeoutMs: number): AgentError {
  return unreachable(url, null, `did not give the file within ${Math.round(timeoutMs)} ms`);
}
