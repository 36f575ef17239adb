import { formatNumber } from '../report/format.ts';
import type { Parts } from './parts-between.ts';

/** What is shown as one part. */
interface Shown {
  what: string;
  of: RegExp;
  why: string;
}

const shown: readonly Shown[] = [
  { what: 'asking for the conversation', of: /^sdk\.createDm/, why: 'ours keeps it, checked, for five minutes' },
  {
    what: 'news of the members, from the network',
    of: /^grpc\./,
    why: 'who was revoked a moment ago does not read; the bare SDK looks every five seconds',
  },
  {
    what: 'the journal, on the main thread',
    of: /^sqlite\./,
    why: 'beside that question: a crash between store and publication neither loses nor doubles',
  },
  {
    what: 'the disk, beside everything',
    of: /^disk\./,
    why: 'a sync for all of 50 ms; nobody without a key waits for it',
  },
  {
    what: 'storing',
    of: /^sdk\.(prepareMessage|send)$/,
    why: 'beside that question; `sendText` stores in its own call',
  },
  {
    what: 'publishing and reading back',
    of: /^sdk\.(publishStoredMessage|publishMessages|sendText)$/,
    why: 'two calls of the network; nothing else says that the network has it',
  },
  {
    what: 'whether we may write there',
    of: /^sdk\.isActive$/,
    why: 'beside that question: who was put out is told so at once',
  },
  { what: 'what became of it', of: /^sdk\.getMessageById$/, why: 'success of the call alone says nothing' },
];

/** From the request to its answer, part by part; parts that run side by side add up to more than the whole. */
export function toPartsTable(ours: Parts, gateway: Parts): string {
  const sum = ({ parts }: Parts, of: RegExp) =>
    Object.entries(parts)
      .filter(([name]) => of.test(name))
      .reduce((total, [, { calls, ms }]) => ({ calls: total.calls + calls, ms: total.ms + ms }), { calls: 0, ms: 0 });
  const cell = ({ calls, ms }: { calls: number; ms: number }) =>
    calls === 0 ? '' : `${formatNumber(ms)} (${formatNumber(calls)})`;
  const known = shown.map(({ of }) => of.source).join('|');
  const rest = new RegExp(`^(?!http\\.)(?!${known})`);
  const line = (what: string, of: RegExp, why: string) =>
    `| ${[what, cell(sum(ours, of)), cell(sum(gateway, of)), why].join(' | ')} |`;
  const cpu = (what: string, kind: 'all' | 'main', why: string) =>
    `| ${[what, formatNumber(ours.cpu[kind]), formatNumber(gateway.cpu[kind]), why].join(' | ')} |`;
  return [
    '| part, ms a message (times) | ours | gateway | why |',
    '| --- | --- | --- | --- |',
    line('from the request to its answer', /^http\.request$/, 'what the rest is part of'),
    ...shown.map(({ what, of, why }) => line(what, of, why)),
    line('other calls of the SDK', rest, ''),
    cpu('processor time, all threads', 'all', ''),
    cpu('processor time, main thread', 'main', 'journal, question, bell and checks are on it'),
    '',
  ].join('\n');
}
