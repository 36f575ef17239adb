import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

// Bundlers of the web refuse what only Node has, and so does this one.
test('the whole client is small, needs nothing of Node, and runs where there is only what the web has', async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('index.ts', import.meta.url))],
    conditions: ['@xmtp-messaging/source'],
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    globalName: 'client',
    target: 'es2022',
  });
  const text = outputFiles[0]!.text;
  expect(text.length).toBeLessThan(16_000);
  const asked: string[] = [];
  const web = { AbortController, Headers, Request, Response, TextDecoderStream, TransformStream, URL, URLSearchParams };
  const fetch = ({ url }: Request) => {
    asked.push(url);
    return Promise.resolve(new Response('{"ok":true}', { headers: { 'content-type': 'application/json' } }));
  };
  const context = createContext({ ...web, fetch });
  runInContext(text, context);
  const answer: unknown = await runInContext(
    `client.unwrap(client.createClient({ baseUrl: 'https://a.example' }).GET('/healthz'))`,
    context,
  );
  expect([answer, asked]).toEqual([{ ok: true }, ['https://a.example/healthz']]);
});
