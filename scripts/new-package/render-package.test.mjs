import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderPackage } from './render-package.mjs';

const read = (path) =>
  JSON.parse(readFileSync(new URL(`../../packages/inbound-guard/${path}`, import.meta.url), 'utf8'));
const options = {
  name: 'rate-limiter',
  description: 'Counts what senders may still write.',
  keywords: ['b', 'a', 'd', 'c'],
};

test('a new package says of itself what every package says', () => {
  const made = JSON.parse(renderPackage(options)['package.json']);
  const { dependencies, devDependencies, ...rest } = read('package.json');
  const renamed = JSON.parse(JSON.stringify(rest).replaceAll('inbound-guard', 'rate-limiter'));
  expect(made).toEqual({
    ...renamed,
    name: '@xmtp-messaging/rate-limiter',
    description: options.description,
    keywords: ['a', 'b', 'c', 'd'],
    dependencies: { '@xmtp-messaging/errors': dependencies['@xmtp-messaging/errors'] },
    devDependencies: { vitest: devDependencies.vitest },
  });
});

test('it is built as the others are, exports one thing of its name, and pins that', () => {
  const files = renderPackage(options);
  expect(JSON.parse(files['tsconfig.build.json'])).toEqual(read('tsconfig.build.json'));
  expect(Object.keys(files)).toEqual([
    'package.json',
    'tsconfig.build.json',
    'README.md',
    'src/index.ts',
    'src/rate-limiter.ts',
    'src/index.test.ts',
  ]);
  expect(files['src/rate-limiter.ts']).toContain('export function rateLimiter(): string');
  expect(files['src/index.test.ts']).toContain('"rateLimiter"');
  expect(files['README.md']).toContain('npm install @xmtp-messaging/rate-limiter');
});

test('it keeps the laws of old Nodes, of types and of examples', () => {
  const files = renderPackage(options);
  expect(files['src/index.ts']).toMatch(/^\/\/.*\nimport '@xmtp-messaging\/errors\/node-version';\n/u);
  expect(files['src/index.test.ts']).toMatch(/expectTypeOf[(<]/u);
  const fences = [...files['README.md'].matchAll(/^```(?<info>\w.*)$/gmu)].map(({ groups }) => groups.info);
  expect(fences).toEqual([expect.stringMatching(/^sh not-run="[^"]+"$/u), 'ts run']);
});
