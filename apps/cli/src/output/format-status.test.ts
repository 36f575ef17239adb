import { expect, test } from 'vitest';
import { formatStatus, needsSomebody, statusNotes, type StatusRow } from './format-status.ts';
import { someOf } from './some-of.ts';

const warning = { code: 'PASSPHRASE_EMPTY', message: 'No passphrase.', hint: 'Set one.' };
const rowOf = (name: string, change: object = {}) =>
  ({
    server: { name, url: 'http://127.0.0.1:4101', agent: name, address: null, token: null },
    status: {
      state: 'connected',
      connected: true,
      mode: 'closed',
      address: `0x${'1234567890'.repeat(4)}`,
      inbox: { pending: 3, dead: 1 },
      reason: null,
      warnings: [warning],
      ...change,
    },
    process: null,
    why: null,
  }) as unknown as StatusRow;
const style = (_style: unknown, text: string) => text;
const team = [rowOf('ana'), rowOf('a-long-name', { state: 'degraded' })];

test('the table is whole where there is room or nobody looks, and narrow on a narrow terminal', () => {
  const at = (width: number) => formatStatus(team, { style, width });
  expect(at(Infinity)).toContain('0x1234567890');
  expect(at(120)).toBe(at(Infinity));
  expect(at(80)).toBe(
    [
      'AGENT        ADDRESS      PORT  MODE    STATE      PENDING  DEAD  RESTARTS',
      'ana          0x1234…7890  4101  closed  connected  3        1     -',
      'a-long-name  0x1234…7890  4101  closed  degraded   3        1     -',
    ].join('\n'),
  );
  expect(at(40)).toBe(
    [
      'AGENT        ADDRESS      STATE',
      'ana          0x1234…7890  connected',
      'a-long-name  0x1234…7890  degraded',
    ].join('\n'),
  );
  // Nothing is left to leave out.
  expect(at(1)).toBe(at(40));
});

test('what holds for many agents is said once, and what is said of one names it', () => {
  const many = Array.from({ length: 50 }, (_, at) => rowOf(`agent-${at}`));
  const reason = { code: 'PATH_MOVED', message: 'It was moved.', hint: 'Put it back.' };
  expect(statusNotes([...many, rowOf('ana', { reason, warnings: [] })])).toEqual([
    'agent-0, agent-1, agent-2 and 47 more: No passphrase. Set one.',
    'ana: It was moved. Put it back.',
  ]);
  expect(statusNotes(team)).toEqual(['ana, a-long-name: No passphrase. Set one.']);
});

test('a server that has ended says why, and whether somebody is needed', () => {
  const ended = (process: object): StatusRow => ({
    ...rowOf('ana'),
    status: null,
    process: { port: 4101, pid: null, restarts: 1, lastExit: null, gaveUp: false, ...process } as StatusRow['process'],
  });
  const told = (process: object) => [...statusNotes([ended(process)]), needsSomebody(ended(process))];
  expect(told({})).toEqual([false]);
  expect(told({ lastExit: 'SIGKILL' })).toEqual([
    'ana: its server ended with SIGKILL. See its log. It is started again by itself.',
    false,
  ]);
  expect(told({ lastExit: '1', restarts: 3 }).at(-1)).toBe(true);
  expect(told({ lastExit: '2', gaveUp: true })).toEqual(['ana: its server ended with 2. See its log.', true]);
  expect(told({ lastExit: '4' })[0]).toContain('another program has port 4101.');
  expect(told({ lastExit: '5' })).toEqual([
    expect.stringMatching(/mailbox open.* It is started again by itself\.$/u),
    true,
  ]);
  expect(needsSomebody(rowOf('ana', { state: 'failed' }))).toBe(true);
  expect(needsSomebody(rowOf('ana', { state: 'starting' }))).toBe(false);
});

test('a few names are all told, of many the first', () => {
  const names = Array.from({ length: 10 }, (_, at) => `n${at}`);
  expect(someOf(names.slice(0, 9))).toBe('n0, n1, n2, n3, n4, n5, n6, n7, n8');
  expect(someOf(names)).toBe('n0, n1, n2, n3, n4, n5, n6, n7 and 2 more');
  expect(someOf([])).toBe('');
});
