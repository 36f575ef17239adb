import { fc, test } from '@fast-check/vitest';
import { describe, expect, test as plain } from 'vitest';
import { readUploadTarget } from './read-upload-target.ts';

const digest = 'ab'.repeat(32);
const urlsOf = (options: Parameters<typeof readUploadTarget>[0]) => {
  const read = readUploadTarget(options);
  return read.ok ? [read.target.putUrl(digest).href, read.target.readUrl(digest)] : read.problems;
};

plain('others read a file where it was put, without what lets somebody write there', () => {
  expect(urlsOf({ url: 'https://a.blob.core.windows.net/c/{digest}?sv=1&sig=top%2Fsecret' })).toEqual([
    `https://a.blob.core.windows.net/c/${digest}?sv=1&sig=top%2Fsecret`,
    `https://a.blob.core.windows.net/c/${digest}`,
  ]);
  expect(urlsOf({ url: 'http://127.0.0.1:9000/b/{digest}.bin', publicUrl: 'https://cdn.example/?f={digest}' })).toEqual(
    [`http://127.0.0.1:9000/b/${digest}.bin`, `https://cdn.example/?f=${digest}`],
  );
});

describe('settings that cannot be used', () => {
  plain.each([
    ['no URL', { url: 'nonsense{digest}' }, 'url'],
    ['no digest', { url: 'https://files.example/a' }, 'url'],
    ['a digest in the query alone', { url: 'https://files.example/a?{digest}' }, 'url'],
    ['a digest in the host', { url: 'https://{digest}.files.example/{digest}' }, 'url'],
    ['a digest in the port', { url: 'https://files.example:{digest}/{digest}' }, 'url'],
    ['a digest behind the fragment', { url: 'https://files.example/{digest}#{digest}' }, 'url'],
    ['another placeholder', { url: 'https://files.example/{name}/{digest}' }, 'url'],
    ['half a placeholder', { url: 'https://files.example/{digest}}' }, 'url'],
    ['credentials in it', { url: 'https://user:word@files.example/{digest}' }, 'url'],
    ['plain http elsewhere', { url: 'http://files.example/{digest}' }, 'url'],
    ['a private network', { url: 'https://10.0.0.1/{digest}' }, 'url'],
    ['a metadata service', { url: 'http://169.254.169.254/{digest}', allowPrivate: true }, 'url'],
    ['another scheme', { url: 'ftp://files.example/{digest}' }, 'url'],
    [
      'a public URL in the clear',
      { url: 'https://f.example/{digest}', publicUrl: 'http://f.example/{digest}' },
      'publicUrl',
    ],
    ['a public URL for all files', { url: 'https://f.example/{digest}', publicUrl: 'https://f.example/' }, 'publicUrl'],
    ['a header of two lines', { url: 'https://f.example/{digest}', headers: { a: 'b\r\nhost: evil' } }, 'headers'],
    ['a header that is none', { url: 'https://f.example/{digest}', headers: { 'a b': 'c' } }, 'headers'],
    ['a header of the request', { url: 'https://f.example/{digest}', headers: { 'Content-Length': '1' } }, 'headers'],
  ])('%s', (_, options, option) => {
    expect(urlsOf(options)).toEqual([[option, expect.stringMatching(/\.$/u)]]);
  });
});

test.prop([fc.webUrl({ withQueryParameters: true }), fc.string()])(
  'what a problem says holds nothing of a template',
  (url, rest) => {
    const read = readUploadTarget({ url: `${url}/${rest}?sig=do-not-tell` });
    expect(JSON.stringify(read.ok ? [] : read.problems)).not.toContain('do-not-tell');
  },
);
