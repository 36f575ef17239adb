import { hash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBoundary } from '@xmtp-messaging/inbound-guard';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { decryptAttachment, findAttachments } from '@xmtp-messaging/xmtp-core';
import { createTestMailbox } from '@xmtp-messaging/xmtp-core/testing';
import * as aws4 from 'aws4';
import S3rver from 's3rver';
import { expect, onTestFinished, test } from 'vitest';
import { createAttachments } from '../attachments/create-attachments.ts';
import { createScrub } from '../outbound/create-scrub.ts';
import { prepareContent, type Saying } from '../outbound/prepare-content.ts';
import { silent } from '../silent.ts';
import { createUploads } from './create-uploads.ts';
import type { UploadOptions } from './upload-options.ts';

const bob = `0x${'b0'.repeat(20)}` as const;
const { signal } = new AbortController();
const secret = 'a-secret-of-this-program-0001';
const boundary = createBoundary({ mode: 'delimit', gutter: 'zqxv7k', idFor: () => 'ab12cd34ef56ab78' });
const scrub = createScrub({ boundary, secrets: () => [secret], modelTokens: [], isOn: true, logger: silent });
const data = Buffer.from('hello, from elsewhere');
const file = { filename: '../../a b\u202E.txt', mimeType: 'text/plain', data };

/** A storage that keeps what is put, and what it was asked. */
async function startStorage(answer?: (request: IncomingMessage, response: ServerResponse) => void) {
  const kept = new Map<string, Buffer>();
  const asked: { method: string; url: string; headers: IncomingMessage['headers'] }[] = [];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    asked.push({ method, url, headers });
    const chunks: Buffer[] = [];
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        const path = url.split('?')[0]!;
        if (method === 'PUT' && answer !== undefined) answer(request, response);
        else if (method === 'PUT') {
          kept.set(path, Buffer.concat(chunks));
          response.writeHead(201).end();
        } else response.writeHead(kept.has(path) ? 200 : 404).end(kept.get(path));
      });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, kept, asked, close };
}

async function setUp(options: UploadOptions) {
  const uploads = createUploads(options);
  const mailbox = await createTestMailbox();
  onTestFinished(async () => {
    uploads.close();
    await mailbox.close({ timeoutMs: 0 });
  });
  const send = async (saying: Saying, key: string) => {
    const said = await prepareContent(saying, { scrub, uploads }).say({ mailbox, key, signal });
    return await mailbox.send({ to: { address: bob }, ...said, idempotencyKey: key });
  };
  /** The message on its way back, read by the rules for files of others. */
  const receive = async () => {
    const attachments = createAttachments({ allowPrivate: true });
    const { messageId } = await mailbox.receive({ content: mailbox.taken.at(-1)!.content });
    const found = await attachments.get(mailbox, { messageId, index: 0, signal });
    attachments.close();
    return found;
  };
  return { uploads, mailbox, send, receive };
}

test('a file is put where the settings say, encrypted, and comes back as it was', async () => {
  const storage = await startStorage();
  const url = `${storage.url}/files/{digest}?sig=allows-writing-0123456789`;
  const { send, receive, mailbox } = await setUp({ url, headers: { 'x-ms-blob-type': 'BlockBlob' } });
  await send({ remoteAttachment: file }, 'key-1');
  const [put] = storage.asked;
  expect(put).toMatchObject({
    method: 'PUT',
    url: expect.stringMatching(/^\/files\/[0-9a-f]{64}\?sig=allows-writing-0123456789$/u),
    headers: { 'content-type': 'application/octet-stream', 'x-ms-blob-type': 'BlockBlob' },
  });
  const [path, payload] = [...storage.kept][0]!;
  expect([put!.url + payload.toString('latin1')].join()).not.toMatch(/hello|a b|txt/u);
  const [part] = findAttachments(mailbox.taken[0]!.content);
  if (part?.kind !== 'remote') throw new Error('no remote file');
  expect(part).toMatchObject({ url: storage.url + path, contentLength: payload.length, filename: file.filename });
  expect(decryptAttachment(payload, part)).toMatchObject({ ok: true, content: { content: data } });
  expect(await receive()).toMatchObject({ bytes: data, mimeType: 'text/plain', filename: 'a b_.txt' });
});

test('a send that is repeated puts the same bytes at the same place, and is one message', async () => {
  const storage = await startStorage();
  const { send, mailbox } = await setUp({ url: `${storage.url}/{digest}` });
  const saying = { remoteAttachment: { ...file, data: data.toString('base64') } };
  // It was uploaded, and then the process died.
  await prepareContent(saying, { scrub, uploads: createUploads({ url: `${storage.url}/{digest}` }) }).say({
    mailbox,
    key: 'key-1',
  });
  const first = await send(saying, 'key-1');
  expect([...storage.kept]).toHaveLength(1);
  expect(storage.asked).toHaveLength(2);
  const conflict = send({ remoteAttachment: { ...file, data: Buffer.from('other') } }, 'key-1');
  await expect(conflict).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  // What was sent needs no storage to be asked for again.
  storage.close();
  expect(await send(saying, 'key-1')).toEqual({ ...first, replayed: true });
  await expect(send(saying, 'key-2')).rejects.toMatchObject({ code: 'UPLOAD_FAILED', retryable: true });
  expect(mailbox.taken).toHaveLength(1);
});

test('S3 takes it by the key of its account, and no other', async () => {
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: await temporaryDirectory(),
    configureBuckets: [{ name: 'files', configs: [] }],
  });
  const { port } = await server.run();
  onTestFinished(() => server.close());
  const url = `http://127.0.0.1:${port}/files/xmtp/{digest}`;
  const good = await setUp({ url, s3: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' } });
  await good.send({ remoteAttachment: file }, 'key-1');
  expect(await good.receive()).toMatchObject({ bytes: data });
  const bad = await setUp({ url, s3: { accessKeyId: 'other', secretAccessKey: 'not-the-secret-key' } });
  const refused: unknown = await bad.send({ remoteAttachment: file }, 'key-1').catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'UPLOAD_FAILED', retryable: false });
  expect(JSON.stringify(refused) + String(refused)).not.toMatch(/not-the-secret|AWS4/u);
  expect(bad.mailbox.taken).toEqual([]);
});

test.each([undefined, 'eu-central-1'])(
  'the signature is the one that another signer makes (region %s)',
  async (region) => {
    const storage = await startStorage();
    const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
    const { send } = await setUp({ url: `${storage.url}/my-bucket/a%20b/{digest}`, s3: { ...keys, region } });
    await send({ remoteAttachment: file }, 'key-1');
    const { method, url, headers } = storage.asked[0]!;
    const signed = /SignedHeaders=([^,]+)/u.exec(headers.authorization ?? '')![1]!.split(';');
    const given = Object.fromEntries(signed.map((name) => [name, String(headers[name])]));
    const request = { service: 's3', region: region ?? 'us-east-1', method, path: url, headers: given };
    const expected = aws4.sign(request, keys);
    const signatureOf = (value = '') => /Signature=([0-9a-f]{64})$/u.exec(value)![1];
    expect(signatureOf(headers.authorization)).toBe(signatureOf(String(expected.headers?.['Authorization'])));
    // Without it, whoever is in between could put other bytes there.
    expect(signed).toEqual(expect.arrayContaining(['host', 'x-amz-content-sha256', 'x-amz-date']));
    expect(headers['x-amz-content-sha256']).toBe(hash('sha256', [...storage.kept.values()][0]!));
  },
);

test.each<[string, (response: ServerResponse, url: string) => void, boolean, RegExp]>([
  [
    'a redirect',
    (response, url) => response.writeHead(307, { location: `${url}/elsewhere` }).end(),
    false,
    /redirect/u,
  ],
  ['a refusal', (response) => response.writeHead(403).end('sig=allows-writing-0123456789'), false, /answered 403/u],
  ['a wrong method', (response) => response.writeHead(405).end(), false, /answered 405/u],
  ['trouble', (response) => response.writeHead(503).end(), true, /answered 503/u],
  ['too much', (response) => response.writeHead(429).end(), true, /answered 429/u],
  ['a hang-up', (response) => void response.destroy(), true, /cannot be reached/u],
  ['silence', () => undefined, true, /within 300 ms/u],
])('%s is told as it is, nothing was sent, and no secret is told', async (_, answer, retryable, words) => {
  let url = '';
  const storage = await startStorage((__, response) => answer(response, url));
  ({ url } = storage);
  const { send, mailbox } = await setUp({
    url: `${url}/{digest}?sig=allows-writing-0123456789`,
    headers: { authorization: 'Bearer kept-by-the-operator-01' },
    timeoutMs: 300,
  });
  const error: unknown = await send({ remoteAttachment: file }, 'key-1').catch((why: unknown) => why);
  expect(error).toMatchObject({ code: 'UPLOAD_FAILED', retryable, message: expect.stringMatching(words) });
  expect(JSON.stringify(error) + String(error)).not.toMatch(/allows-writing|kept-by/u);
  expect([mailbox.taken, storage.asked.length]).toEqual([[], 1]);
});

test('what cannot be sent is refused before anything leaves', async () => {
  const storage = await startStorage();
  const { send, mailbox, uploads } = await setUp({ url: `${storage.url}/{digest}`, maxBytes: 1_000_000 });
  const refusal = async (remoteAttachment: Saying['remoteAttachment'], more: Saying = {}) =>
    await send({ remoteAttachment, ...more }, 'key-1').then(
      () => 'sent',
      (error: { code: string }) => error.code,
    );
  expect(await refusal({ ...file, data: Buffer.alloc(1_000_001) })).toBe('ATTACHMENT_TOO_LARGE');
  expect(await refusal({ ...file, data: 'no base64!' })).toBe('INVALID_REQUEST');
  expect(await refusal({ ...file, filename: '' })).toBe('INVALID_REQUEST');
  expect(await refusal({ ...file, mimeType: '\uD800' })).toBe('INVALID_REQUEST');
  expect(await refusal(file, { text: 'and words' })).toBe('INVALID_REQUEST');
  expect(await refusal(file, { contentType: 'text' })).toBe('INVALID_REQUEST');
  // In a file of text, in any other, and where two pieces of it meet; between characters of several bytes as well.
  const large = (before: number, letter: string) =>
    Buffer.from(letter.repeat(before) + secret + letter.repeat(300_000)).subarray(0, 1_000_000);
  for (const bytes of [
    Buffer.from(`the word is ${secret}`),
    Buffer.concat([Buffer.from([0, 255]), Buffer.from(secret)]),
    Buffer.concat([Buffer.alloc(262_130, 0xff), Buffer.from(secret)]),
    large(262_130, 'a'),
    large(87_380, '€'),
  ])
    expect(await refusal({ ...file, data: bytes })).toBe('CONTENT_UNSAFE');
  expect([mailbox.taken, storage.asked]).toEqual([[], []]);
  expect(() => prepareContent({ remoteAttachment: file }, { scrub, uploads: null })).toThrow(
    expect.objectContaining({ code: 'UPLOAD_NOT_CONFIGURED' }),
  );
  expect(await refusal({ ...file, data: Buffer.from('é'.repeat(400_000)) })).toBe('sent');
  uploads.close();
  expect(await send({ remoteAttachment: file }, 'key-2').catch((error: { code: string }) => error.code)).toBe(
    'SHUTTING_DOWN',
  );
});

test('settings that cannot be used are told at once, and what they hold is a secret of the program', () => {
  expect(() => createUploads({ url: 'https://files.example/all?sig=allows-writing-0123456789' })).toThrow(
    expect.objectContaining({
      code: 'UPLOAD_NOT_CONFIGURED',
      message: expect.not.stringContaining('allows-writing'),
    }),
  );
  const { secrets } = createUploads({
    url: 'https://files.example/{digest}?sv=1&sig=allows-writing-0123456789',
    headers: { authorization: 'Bearer kept-by-the-operator-01', 'x-ms-blob-type': 'BlockBlob' },
    s3: { accessKeyId: 'name', secretAccessKey: 'and-this-is-the-key-of-it' },
  });
  expect(secrets).toEqual([
    'allows-writing-0123456789',
    'Bearer kept-by-the-operator-01',
    'kept-by-the-operator-01',
    'and-this-is-the-key-of-it',
  ]);
});
