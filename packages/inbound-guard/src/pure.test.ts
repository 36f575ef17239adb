import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('.', import.meta.url);
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
);

// The error base, and what tells an old Node: it looks for a `process` and finds none elsewhere.
const allowed = new Set<string | undefined>(['@xmtp-messaging/errors', '@xmtp-messaging/errors/runtime']);

test('nothing outside the package is imported but the error base', () => {
  expect(sources.length).toBeGreaterThan(20);
  for (const name of sources) {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const imports = [...text.matchAll(/^(?:(?:import|export|\}).*from|import) '([^']+)'|import\('([^']+)'/gm)].map(
      ([, named, loaded]) => named ?? loaded,
    );
    expect(
      imports.filter((one) => !one?.startsWith('.') && !allowed.has(one)),
      name,
    ).toEqual([]);
  }
});

test('no global of Node is used, so a browser can load it', () => {
  for (const name of sources) {
    const code = readFileSync(new URL(name, folder), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
    expect(code, name).not.toMatch(/\b(?:process|Buffer|require|__dirname|setImmediate|console)\b[.(]/);
  }
});
