import { printable } from '@xmtp-messaging/errors';
import type { Finding } from '../doctor/types.ts';
import type { Printer } from './create-printer.ts';

const marks = { ok: '✓', warn: '!', fail: '✗' } as const;
const colours = { ok: 'green', warn: 'yellow', fail: 'red' } as const;

/** A finding for people: what, and below it what to do. */
export function findingLines(print: Pick<Printer, 'style'>, { check, level, message, next, fixed }: Finding): string[] {
  const mark = print.style(colours[level], marks[level]);
  const found = `  ${mark} ${check.padEnd(16)} ${printable(message)}${fixed ? ' Fixed.' : ''}`;
  return next === null ? [found] : [found, `    ${''.padEnd(16)} ${printable(next)}`];
}
