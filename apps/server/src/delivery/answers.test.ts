// What agents, frameworks, proxies and workflow tools really answer, over a real HTTP server.
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { startAgent } from '../../test/agent-server.ts';
import { sampleMessage } from '../../../../packages/agent/test/sample-message.ts';
import { createRestApChannel } from './create-rest-ap-channel.ts';
import type { ChannelOutcome } from './types.ts';
import { createWebhookChannel } from './create-webhook-channel.ts';

const { signal } = new AbortController();
const timeoutMs = 5000;

interface Case {
  body: string | Uint8Array;
  type?: string;
  encoding?: string;
}

async function ask(kind: 'webhook' | 'rest-ap', { body, type = 'application/json', encoding = '' }: Case) {
  const headers = { 'content-type': type, 'content-encoding': encoding };
  const agent = await startAgent(() => ({ body, headers }));
  const limits = { timeoutMs, maxAnswerBytes: 100_000 };
  const channel =
    kind === 'webhook'
      ? createWebhookChannel({ url: agent.url, secrets: ['whsec_c2VjcmV0'], ...limits })
      : createRestApChannel({ url: agent.url, answerTimeoutMs: timeoutMs, pollMs: 2, ...limits });
  onTestFinished(() => channel.close());
  return await channel.deliver(sampleMessage(), { signal, attempt: 1 });
}

const json = (value: unknown): Case => ({ body: JSON.stringify(value) });
const text = (body: string, type = 'text/plain; charset=utf-8'): Case => ({ body, type });
const utf16be = (words: string) => Buffer.from(words, 'utf16le').swap16();
const hello = '{"reply": "Grüße"}';

const replies: [string, Case, string][] = [
  ['UTF-8 with a mark', { body: `\uFEFF${hello}` }, 'Grüße'],
  ['gzip', { body: gzipSync(hello), encoding: 'gzip' }, 'Grüße'],
  ['x-gzip, in capitals', { body: gzipSync(hello), encoding: 'X-GZIP' }, 'Grüße'],
  ['gzip without a word', { body: gzipSync(hello) }, 'Grüße'],
  ['gzip that a proxy has inflated', { body: hello, encoding: 'gzip' }, 'Grüße'],
  ['brotli', { body: brotliCompressSync(hello), encoding: 'br' }, 'Grüße'],
  ['deflate', { body: deflateSync(hello), encoding: 'deflate' }, 'Grüße'],
  ['bare deflate', { body: deflateRawSync(hello), encoding: 'deflate' }, 'Grüße'],
  ['zstd', { body: zstdCompressSync(hello), encoding: 'zstd' }, 'Grüße'],
  ['brotli in gzip', { body: gzipSync(brotliCompressSync(hello)), encoding: 'br, gzip' }, 'Grüße'],
  ['identity', { body: hello, encoding: 'identity' }, 'Grüße'],
  ['Latin-1', { body: Buffer.from(hello, 'latin1'), type: 'application/json; charset=ISO-8859-1' }, 'Grüße'],
  ['charset=utf8', { body: hello, type: 'application/json;charset="utf8"' }, 'Grüße'],
  ['UTF-16 by header', { body: Buffer.from(hello, 'utf16le'), type: 'application/json; charset=utf-16' }, 'Grüße'],
  ['UTF-16BE by header', { body: utf16be(hello), type: 'application/json; charset=UTF-16' }, 'Grüße'],
  ['UTF-16 by its mark', { body: utf16be(`\uFEFF${hello}`), type: 'text/plain' }, 'Grüße'],
  ['Shift_JIS', { body: Buffer.from([0x83, 0x65]), type: 'text/plain; charset=shift_jis' }, 'テ'],
  [
    'bare line breaks in a string',
    { body: '{"reply": "one\ntwo\r\n\tthree \\"four\\" \\\\"}' },
    'one\ntwo\r\n\tthree "four" \\',
  ],
  ['a list of one', json([{ reply: 'Hi' }]), 'Hi'],
  ['a list of several', json([{ text: 'One' }, { text: 'Two' }]), 'One\n\nTwo'],
  ['reply.text', json({ reply: { text: 'Hi' } }), 'Hi'],
  ['reply.message', json({ reply: { message: 'Hi' } }), 'Hi'],
  ['a number', json({ reply: 42 }), '42'],
  ['message', json({ message: 'Hi' }), 'Hi'],
  ['text', json({ text: 'Hi' }), 'Hi'],
  ['n8n agent', json([{ output: 'Hi' }]), 'Hi'],
  ['n8n items', json([{ json: { output: 'Hi' } }]), 'Hi'],
  ['LangServe', json({ output: { content: 'Hi', additional_kwargs: {} }, metadata: {} }), 'Hi'],
  ['Dify', json({ event: 'message', message_id: 'x', answer: 'Hi' }), 'Hi'],
  ['Rasa', json([{ recipient_id: 'x', text: 'Hi' }]), 'Hi'],
  ['chat completions', json({ choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' } }] }), 'Hi'],
  [
    'a model that thinks aloud',
    json({
      output: [
        { type: 'reasoning', summary: [] },
        { type: 'message', content: [{ type: 'output_text', text: 'Hi' }] },
      ],
    }),
    'Hi',
  ],
  [
    'Anthropic messages',
    json({
      content: [
        { type: 'thinking', thinking: 'hm' },
        { type: 'text', text: 'Hi' },
      ],
    }),
    'Hi',
  ],
  ['data.reply', json({ success: true, data: { reply: 'Hi' } }), 'Hi'],
  ['a JSON string', json('Hi'), 'Hi'],
  ['a reply that says OK', json({ reply: 'OK' }), 'OK'],
  ['plain text', text('Hi there\n'), 'Hi there'],
  ['markdown', text('# Hi\n\n[a](https://b.example) <3', 'text/markdown'), '# Hi\n\n[a](https://b.example) <3'],
  ['text that begins like a list', text('[1] see below'), '[1] see below'],
  ['text without a type', { body: 'Hi', type: '' }, 'Hi'],
  ['JSON without a type', { body: hello, type: '' }, 'Grüße'],
  ['JSON as text', text(hello), 'Grüße'],
  ['JSON and text as Flask types them', text(hello, 'text/html; charset=utf-8'), 'Grüße'],
  ['text as Flask types it', text('Hi & bye', 'text/html; charset=utf-8'), 'Hi & bye'],
  ['problem+json that holds a reply', { body: hello, type: 'application/vnd.agent+json' }, 'Grüße'],
];

test.each(replies)('webhook, a reply: %s', async (_, answer, reply) => {
  expect(await ask('webhook', answer)).toEqual({ kind: 'delivered', reply });
});

test.each(replies)('/talk, a reply: %s', async (_, answer, reply) => {
  expect(await ask('rest-ap', answer)).toEqual({ kind: 'delivered', reply });
});

test.each<[string, Case]>([
  ['nothing', { body: '' }],
  ['white space', { body: ' \r\n' }],
  ['null', json(null)],
  ['{}', json({})],
  ['[]', json([])],
  ['an empty reply', json({ reply: '' })],
  ['a reply of null', json({ reply: null, message: 'internal' })],
  ['OK', text('OK')],
  ['Make', text('Accepted')],
  ['n8n that answers at once', json({ message: 'Workflow was started' })],
  ['Zapier', json({ attempt: '018f', id: '018f', request_id: '018f', status: 'success' })],
  ['ok: true', json({ ok: true })],
  ['a receipt with words', json({ status: 'ok', message: 'Message received.' })],
])('webhook, no reply: %s', async (_, answer) => {
  expect(await ask('webhook', answer)).toEqual({ kind: 'delivered', reply: null });
});

const unreadable: [string, Case, string][] = [
  ['a page', text('<!DOCTYPE html><title>Log in</title>', 'text/html'), 'HTML page'],
  ['a page that calls itself text', text('\n<html><body>502</body></html>'), 'HTML page'],
  ['a page that calls itself JSON', { body: '<html></html>' }, 'HTML page'],
  ['a piece of markup', text('<p>Hi</p>', 'text/html'), 'HTML page'],
  ['broken JSON', { body: '{"reply": "Hi' }, 'not valid JSON'],
  ['broken JSON as text', text('{"reply": "Hi'), 'not valid JSON'],
  ['words as JSON', { body: 'Hi' }, 'not valid JSON'],
  ['an error', json({ error: { message: 'no model' } }), 'says that it failed'],
  ['ok: false', json({ ok: false, message: 'no model' }), 'says that it failed'],
  ['damaged gzip', { body: gzipSync(hello).subarray(0, 20), encoding: 'gzip' }, 'not gzip'],
  ['an unknown coding', { body: 'x', encoding: 'compress' }, 'content encoding'],
  ['too many codings', { body: 'x', encoding: 'br,br,br,br' }, 'content encodings'],
  ['an unknown charset', text('x', 'text/plain; charset=klingon'), 'charset'],
  ['Latin-1 that says nothing', { body: Buffer.from(hello, 'latin1') }, 'not UTF-8'],
  [
    'a wrong charset',
    { body: Buffer.from(hello, 'latin1'), type: 'application/json; charset=utf-8' },
    'not in the charset',
  ],
  ['a picture', { body: 'GIF89a', type: 'image/gif' }, 'of a type'],
  ['a stream of events', text('data: Hi\n\n', 'text/event-stream'), 'of a type'],
  ['too much after inflating', { body: gzipSync('x'.repeat(200_000)), encoding: 'gzip' }, 'more than 100000 bytes'],
  ['too much after inflating br', { body: brotliCompressSync('x'.repeat(200_000)), encoding: 'br' }, 'more than'],
];

test.each(unreadable)('no silent success: %s', async (_, answer, why) => {
  for (const kind of ['webhook', 'rest-ap'] as const) {
    expect(await ask(kind, answer)).toEqual({ kind: 'refused', attempts: 3, error: expect.stringContaining(why) });
  }
});

test.each<[string, unknown]>([
  ['an unknown shape', { foo: 'Hi' }],
  ['an unknown reply', { reply: { foo: 'Hi' } }],
  ['an unknown shape in a list', [{ reply: 'Hi' }, { foo: 'Hi' }]],
  ['a shape that is too deep', { data: { data: { data: { data: { data: { data: { data: 'Hi' } } } } } } }],
])('webhook, no silent success: %s', async (_, value) => {
  expect(await ask('webhook', json(value))).toMatchObject({
    kind: 'refused',
    error: expect.stringContaining('{"reply": "…"}'),
  });
});

test('news are decoded like any answer, and a page instead of news ends in a reason', async () => {
  const follow = async (news: Case): Promise<ChannelOutcome> => {
    const agent = await startAgent(({ url }) =>
      url === '/talk'
        ? { body: { query_id: 'q' } }
        : { body: news.body, headers: { 'content-type': news.type ?? '', 'content-encoding': news.encoding ?? '' } },
    );
    const channel = createRestApChannel({ url: agent.url, answerTimeoutMs: timeoutMs, pollMs: 1, timeoutMs });
    onTestFinished(() => channel.close());
    return await channel.deliver(sampleMessage(), { signal, attempt: 1 });
  };
  const items = [{ type: 'query.completed', query_id: 'q', data: { result: { text: 'Grüße' } } }];
  const page = JSON.stringify({ items });
  const delivered = { kind: 'delivered', reply: 'Grüße' };
  expect(await follow({ body: gzipSync(page), encoding: 'gzip' })).toEqual(delivered);
  expect(await follow({ body: Buffer.from(`\uFEFF${page}`), type: 'application/json' })).toEqual(delivered);
  expect(await follow({ body: Buffer.from(page, 'latin1'), type: 'application/json; charset=latin1' })).toEqual(
    delivered,
  );
  expect(await follow({ body: '<html></html>', type: 'text/html' })).toMatchObject({
    kind: 'failed',
    error: expect.stringContaining('news'),
  });
});
