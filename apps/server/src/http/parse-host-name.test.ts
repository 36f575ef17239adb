import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { parseHostName } from './parse-host-name.ts';

it.each([
  ['localhost', 'localhost'],
  ['LOCALHOST:4101', 'localhost'],
  ['my_agent', 'my_agent'],
  ['_agent_1:80', '_agent_1'],
  ['agent.default.svc.cluster.local.:443', 'agent.default.svc.cluster.local'],
  ['10.1.2.3:4101', '10.1.2.3'],
  ['agent:', 'agent'],
  ['[::1]:4101', '[::1]'],
  ['[FD00:0::2]', '[fd00::2]'],
  ['fd00::2', '[fd00::2]'],
  ['', null],
  ['.', null],
  ['a..b', null],
  ['-a', null],
  ['a b', null],
  ['a:b', null],
  ['a:123456', null],
  ['a@b', null],
  ['a/b', null],
  ['http://a', null],
  ['[::1', null],
  ['[::g]', null],
  ['ä.example', null],
  ['a'.repeat(64), null],
  [`${'a.'.repeat(127)}a`, null],
])('%j names %j', (text, name) => {
  expect(parseHostName(text)).toBe(name);
});

test.prop([fc.string({ maxLength: 300 })])('what is a name names itself', (text) => {
  const name = parseHostName(text);
  expect(name === null || parseHostName(name) === name).toBe(true);
});
