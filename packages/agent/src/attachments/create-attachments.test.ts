import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateSync } from 'node:zlib';
import { createTestMailbox } from '@xmtp-messaging/xmtp-core/testing';
import { encryptAttachment } from '@xmtp-messaging/xmtp-core';
import { waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { type AttachmentsOptions, createAttachments } from './create-attachments.ts';
import { createDownloader } from './create-downloader.ts';

const type = (typeId: string) => ({ authorityId: 'xmtp.org', typeId, versionMajor: 1, versionMinor: 0 });
const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
const { signal } = new AbortController();
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const fileOf = (bytes: Uint8Array, filename = 'a.txt', mimeType = 'text/plain') => ({
  type: type('attachment'),
  parameters: { filename, mimeType },
  content: bytes,
});

/** Content that names an encrypted file at `url`, and its bytes. */
function remote(url: string, file = fileOf(Buffer.from('hello')), more: Record<string, string> = {}) {
  const { payload, contentDigest, secret, salt, nonce } = encryptAttachment(file, new Uint8Array(32).fill(1));
  const keys = { contentDigest, secret: hex(secret), salt: hex(salt), nonce: hex(nonce), scheme: 'https' };
  const parameters = { ...keys, ...more };
  return { payload, content: { type: type('remoteStaticAttachment'), parameters, content: Buffer.from(url) } };
}

async function startStorage(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked };
}

async function setUp(options: AttachmentsOptions = { allowPrivate: true }) {
  const mailbox = await createTestMailbox();
  const attachments = createAttachments(options);
  onTestFinished(async () => {
    attachments.close();
    await mailbox.close({ timeoutMs: 0 });
  });
  const get = async (content: Parameters<typeof remote>[1] | ReturnType<typeof remote>['content'], index = 0) => {
    const { messageId } = await mailbox.receive({ content });
    return await attachments.get(mailbox, { messageId, index, signal });
  };
  return { mailbox, attachments, get };
}

test('an inline file is what its content says, under one harmless name', async () => {
  const { get } = await setUp();
  const text = { mimeType: 'text/plain', isMislabelled: false };
  expect(await get(fileOf(Buffer.from('hello'), '../a.txt'))).toMatchObject({ ...text, filename: 'a.txt' });
  expect(await get(fileOf(Buffer.from('{}'), 'a.json', 'application/json'))).toMatchObject(text);
  expect(await get(fileOf(png, 'a.pdf', 'application/pdf'))).toMatchObject({
    mimeType: 'image/png',
    isMislabelled: true,
  });
  const html = Buffer.from('<script>alert(1)</script>');
  expect(await get(fileOf(html, 'a.html', 'text/html'))).toMatchObject({ mimeType: 'text/plain' });
  expect(await get(fileOf(html, 'a.png', 'image/png'))).toMatchObject({ mimeType: 'text/plain', isMislabelled: true });
  await expect(get(fileOf(png), 1)).rejects.toMatchObject({ code: 'ATTACHMENT_NOT_FOUND' });
});

test('a message that is not accepted has no files', async () => {
  const { attachments, mailbox } = await setUp();
  const asked = { messageId: 'ab'.repeat(32), index: 0, signal };
  await expect(attachments.get(mailbox, asked)).rejects.toMatchObject({ code: 'ATTACHMENT_NOT_FOUND' });
});

test('a remote file is fetched, over a redirect too, checked and decrypted', async () => {
  const { payload } = remote('');
  const storage = await startStorage((request, response) => {
    if (request.url === '/moved') response.writeHead(302, { location: '/file' }).end();
    else response.end(payload);
  });
  const { get } = await setUp();
  for (const path of ['/file', '/moved']) {
    const file = await get(remote(storage.url + path).content);
    expect([Buffer.from(file.bytes).toString(), file.filename, file.mimeType]).toEqual([
      'hello',
      'a.txt',
      'text/plain',
    ]);
  }
});

test('what is not the promised file is given to nobody', async () => {
  const { payload } = remote('');
  const answers: Record<string, (response: ServerResponse) => void> = {
    '/altered': (response) => response.end(Buffer.concat([payload.subarray(1), Buffer.of(0)])),
    '/gone': (response) => response.writeHead(404).end(),
    '/large': (response) => response.writeHead(200, { 'content-length': '5000' }).end(Buffer.alloc(5_000)),
    '/endless': (response) => {
      response.writeHead(200, { 'transfer-encoding': 'chunked' });
      const write = () => {
        if (!response.destroyed && response.write(Buffer.alloc(4_096))) setImmediate(write);
      };
      response.on('drain', write);
      write();
    },
    '/silent': () => undefined,
    '/loop': (response) => response.writeHead(302, { location: '/loop' }).end(),
    '/file': (response) => response.end(payload),
  };
  const storage = await startStorage((request, response) => answers[request.url!]!(response));
  const { get } = await setUp({ allowPrivate: true, maxBytes: 2_000, timeoutMs: 300 });
  const cases = [
    ['/altered', 'ATTACHMENT_BROKEN'],
    ['/gone', 'ATTACHMENT_UNREACHABLE'],
    ['/large', 'ATTACHMENT_TOO_LARGE'],
    ['/endless', 'ATTACHMENT_TOO_LARGE'],
    ['/silent', 'ATTACHMENT_UNREACHABLE'],
    ['/loop', 'ATTACHMENT_REFUSED'],
  ];
  for (const [path, code] of cases) {
    await expect(get(remote(storage.url + path!).content), path).rejects.toMatchObject({ code });
  }
  const wrongKey = remote(`${storage.url}/file`, undefined, { secret: 'ab'.repeat(32) }).content;
  await expect(get(wrongKey)).rejects.toMatchObject({ code: 'ATTACHMENT_BROKEN' });
  const before = storage.asked();
  const declared = remote(`${storage.url}/file`, undefined, { contentLength: '2001' }).content;
  await expect(get(declared)).rejects.toMatchObject({ code: 'ATTACHMENT_TOO_LARGE' });
  expect(storage.asked()).toBe(before);
});

test('a bomb within the encryption is not unpacked', async () => {
  const bomb = { ...fileOf(deflateSync(Buffer.alloc(100_000))), compression: 0 };
  const { payload, content } = remote('', bomb);
  const storage = await startStorage((_, response) => response.end(payload));
  const { get } = await setUp({ allowPrivate: true, maxBytes: 50_000 });
  const there = { ...content, content: Buffer.from(storage.url) };
  await expect(get(there)).rejects.toMatchObject({ code: 'ATTACHMENT_TOO_LARGE' });
});

test('strangers reach nothing but the public internet by https, whatever a name says and wherever a redirect leads', async () => {
  const storage = await startStorage((_, response) => response.end('secret'));
  const { get } = await setUp({});
  const { port } = new URL(storage.url);
  const urls = [
    storage.url,
    `https://127.0.0.1:${port}/`,
    `https://localhost:${port}/`,
    'https://[::1]/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest/meta-data',
    'http://files.example/',
    'https://user:pass@files.example/',
    'file:///etc/passwd',
    'data:text/plain,hello',
    'not a url',
    '',
  ];
  for (const url of urls) {
    await expect(get(remote(url).content), url).rejects.toMatchObject({ code: 'ATTACHMENT_REFUSED' });
  }
  const downloader = createDownloader({
    publicOnly: true,
    lookup: (_, __, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
  });
  onTestFinished(downloader.close);
  const rebound = downloader.download('https://files.example/', { maxBytes: 10, timeoutMs: 1_000, signal });
  await expect(rebound).rejects.toMatchObject({ code: 'ATTACHMENT_REFUSED' });
  expect(storage.asked()).toBe(0);
});

test('a redirect is held against the rules as well', async () => {
  const storage = await startStorage((_, response) => {
    response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end();
  });
  const { get } = await setUp();
  await expect(get(remote(storage.url).content)).rejects.toMatchObject({ code: 'ATTACHMENT_REFUSED' });
});

test('never fetches nothing that lies elsewhere; images fetches what is an image ahead, and asks once', async () => {
  const image = remote('', fileOf(png, 'a.png', 'image/png'));
  const text = remote('', fileOf(Buffer.from('hello'), 'b.png', 'image/png'));
  const storage = await startStorage((request, response) => {
    response.end(request.url === '/image' ? image.payload : text.payload);
  });
  const named = (part: typeof image, path: string) => ({
    ...part.content,
    parameters: { ...part.content.parameters, filename: 'a.png' },
    content: Buffer.from(storage.url + path),
  });
  const off = await setUp({ fetch: 'never', allowPrivate: true });
  await expect(off.get(named(image, '/image'))).rejects.toMatchObject({ code: 'ATTACHMENT_REFUSED' });
  expect(await off.get(fileOf(png))).toMatchObject({ mimeType: 'image/png' });
  expect(storage.asked()).toBe(0);

  const { mailbox, attachments } = await setUp({ fetch: 'images', allowPrivate: true });
  mailbox.inbox.subscribe(({ messageId }) => void attachments.prefetch(mailbox, messageId));
  const { messageId } = await mailbox.receive({ content: named(image, '/image') });
  await waitFor(() => storage.asked() === 1);
  const asked = { messageId, index: 0, signal };
  expect(await attachments.get(mailbox, asked)).toMatchObject({ mimeType: 'image/png' });
  const before = storage.asked();
  await attachments.get(mailbox, asked);
  await attachments.prefetch(mailbox, messageId);
  const disguised = await mailbox.receive({ content: named(text, '/text') });
  await attachments.prefetch(mailbox, disguised.messageId);
  expect(await attachments.get(mailbox, { ...asked, messageId: disguised.messageId })).toMatchObject({
    isMislabelled: true,
  });
  expect(before).toBeLessThanOrEqual(2);
  // What was taken back meanwhile is gone, kept ahead or not.
  const inbox = { ...mailbox.inbox, attachments: () => [] };
  await expect(attachments.get({ inbox }, asked)).rejects.toMatchObject({ code: 'ATTACHMENT_NOT_FOUND' });
});
