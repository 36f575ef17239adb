import type { IncomingMessage } from 'node:http';
import { createGuardedRequest } from '@xmtp-messaging/errors/network';
import type { EncryptedAttachment } from '@xmtp-messaging/xmtp-core';
import PQueue from 'p-queue';
import { AgentError } from '../errors.ts';
import { readUploadTarget } from './read-upload-target.ts';
import { defaultMaxUpload, type UploadOptions } from './upload-options.ts';

/** The place to which encrypted files go. */
export interface Uploads {
  /** Of a file, before it is encrypted. */
  readonly maxBytes: number;
  /** Where others read the file with this digest. */
  urlOf(digest: string): string;
  /** Puts a file there; putting it again changes nothing. @throws AgentError UPLOAD_FAILED, SHUTTING_DOWN */
  put(
    file: Pick<EncryptedAttachment, 'payload' | 'contentDigest'>,
    options: { signal?: AbortSignal | undefined },
  ): Promise<void>;
  /** What of the settings may leave in no message. */
  secrets: readonly string[];
  /** Breaks off what is being uploaded. */
  close: () => void;
}

/** Files that are under way at once; who may send is bounded elsewhere. */
const concurrency = 2;

/** @throws AgentError UPLOAD_NOT_CONFIGURED: the settings cannot be used */
export function createUploads(options: UploadOptions): Uploads {
  const { headers = {}, s3, maxBytes = defaultMaxUpload, timeoutMs = 60_000, allowPrivate = false } = options;
  const read = readUploadTarget(options);
  if (!read.ok) {
    throw new AgentError({
      code: 'UPLOAD_NOT_CONFIGURED',
      shortMessage: 'The settings of the upload cannot be used.',
      metaMessages: read.problems.map(([option, problem]) => `Its ${option} ${problem}`),
    });
  }
  const { target } = read;
  const client = createGuardedRequest({ allowPrivate, errors: { refused, unreachable, timedOut } });
  const turns = new PQueue({ concurrency });
  const closing = new AbortController();

  const headersOf = async (url: URL, digest: string): Promise<Record<string, string>> => {
    const plain = { ...headers, 'content-type': 'application/octet-stream' };
    if (s3 === undefined) return plain;
    const { AwsV4Signer } = await import('aws4fetch');
    const { region, ...keys } = s3;
    const signer = new AwsV4Signer({
      ...keys,
      ...(region === undefined ? {} : { region }),
      service: 's3',
      method: 'PUT',
      url: url.href,
      // The storage holds what it gets against it.
      headers: { ...plain, 'x-amz-content-sha256': digest },
    });
    return Object.fromEntries((await signer.sign()).headers);
  };

  return {
    maxBytes,
    urlOf: (digest) => target.readUrl(digest),
    async put({ payload, contentDigest }, { signal }) {
      const until = AbortSignal.any([closing.signal, ...(signal === undefined ? [] : [signal])]);
      const put = async () => {
        const url = target.putUrl(contentDigest);
        const request = { method: 'PUT', url, headers: await headersOf(url, contentDigest) } as const;
        await client.request({ ...request, body: payload, timeoutMs, signal: until }, (answer) => accept(url, answer));
      };
      await turns.add(put, { signal: until });
    },
    secrets: secretsOf(options),
    close() {
      closing.abort(new AgentError({ code: 'SHUTTING_DOWN' }));
      client.close();
    },
  };
}

/** Nothing of what storage answers is read: it may repeat what it was sent. Redirects would take the headers elsewhere. */
async function accept(url: URL, answer: IncomingMessage): Promise<void> {
  const { statusCode = 0 } = answer;
  answer.resume();
  if (statusCode >= 200 && statusCode < 300) return;
  if (statusCode >= 300 && statusCode < 400)
    throw failed(url, 'answered with a redirect, which is not followed', false);
  throw failed(url, `answered ${statusCode}`, statusCode >= 500 || statusCode === 408 || statusCode === 429);
}

/** Values that let somebody write there: of queries, of headers whole and without their scheme, and of the signature. */
function secretsOf({ url, headers = {}, s3 }: UploadOptions): string[] {
  const found = [
    ...new URL(url).searchParams.values(),
    ...Object.values(headers).flatMap((value) => [value, ...value.split(/\s+/u)]),
    ...(s3 === undefined ? [] : [s3.secretAccessKey]),
  ];
  // Shorter ones are words.
  return [...new Set(found.filter((value) => value.length >= 16))];
}

// No more of the URL than its host: the rest may allow writing.
function failed(url: URL, what: string, retryable: boolean, cause?: unknown): AgentError {
  return new AgentError({
    code: 'UPLOAD_FAILED',
    shortMessage: `The file was not uploaded, and nothing was sent: ${url.host} ${what}.`,
    retryable,
    ...(retryable ? {} : { metaMessages: ['The operator must look at the settings of the upload.'] }),
    cause,
  });
}

function refused(url: URL, problem: string): AgentError {
  return failed(url, problem.replace(/\.$/u, ''), false);
}

function unreachable(url: URL, cause: unknown): AgentError {
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return failed(url, `cannot be reached${code}`, true, cause);
}

function timedOut(url: URL, timeoutMs: number): AgentError {
  return failed(url, `did not take it within ${Math.round(timeoutMs)} ms`, true);
}
