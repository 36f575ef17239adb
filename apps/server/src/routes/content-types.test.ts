import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quietKinds } from '@xmtp-messaging/agent';
import {
  contentSchemas,
  contentTypeIds,
  type ContentTypeName,
  customContent,
  sendableTypes,
} from '@xmtp-messaging/xmtp-core/content';
import { expect, test } from 'vitest';

const page = readFileSync(new URL('../../../../docs/content-types.md', import.meta.url), 'utf8');
const cells = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
const codesIn = (text: string) => [...text.matchAll(/`([^`]+)`/gu)].map(([, code]) => code!);
const [head, , ...rows] = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map(cells);
const rowOf = new Map(rows.map((row) => [row[0]!.replaceAll('`', ''), row]));
const fieldsOf = (schema: object) => Object.keys((schema as { shape: object }).shape);
const names = Object.keys(contentTypeIds) as ContentTypeName[];

test('the page of content types has a row for each, and no other', () => {
  expect(head).toEqual(['`type`', 'full id', '`content`', 'wakes', 'sent', 'agent-sdk 2.3.0']);
  expect([...rowOf.keys()]).toEqual([...names, 'the full id']);
});

test.each(names)('its row of %s says what the schemas say', (name) => {
  const [, ids = '', content = '', wakes, sent] = rowOf.get(name)!;
  expect(codesIn(ids)[0]).toBe(contentTypeIds[name]);
  expect(codesIn(content)).toEqual(fieldsOf(contentSchemas[name]));
  expect([wakes, sent]).toEqual([
    quietKinds.includes(name) ? 'no' : 'yes',
    (sendableTypes as readonly string[]).includes(name) ? 'yes' : 'no',
  ]);
});

test('its row of custom types says what the schema says', () => {
  const [, , content = '', wakes, sent] = rowOf.get('the full id')!;
  expect([...fieldsOf(customContent), 'fallback']).toEqual(codesIn(content));
  expect([wakes, sent]).toEqual(['yes', 'yes']);
});

test('the events of agent-sdk are those of its version', () => {
  const root = join(import.meta.dirname, '../../node_modules/@xmtp/agent-sdk');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(head?.[5]).toBe(`agent-sdk ${version}`);
  const types = readFileSync(join(root, 'dist/index.d.ts'), 'utf8');
  const events = rows.flatMap((row) => codesIn(row[5] ?? ''));
  expect(events.filter((event) => !new RegExp(`["']?${event}["']?\\??:`, 'u').test(types))).toEqual([]);
  expect(events.length).toBeGreaterThanOrEqual(names.length - 2);
});
