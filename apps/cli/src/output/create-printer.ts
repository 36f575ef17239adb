import { styleText } from 'node:util';
import { printable, printableJson } from '@xmtp-messaging/errors';
import ora from 'ora';
import type { Output, Terminal } from '../terminal.ts';

type Style = Parameters<typeof styleText>[0];

/** Says things to people and to programs. */
export interface Printer {
  readonly json: boolean;
  /** A line for people; nothing with `--json`. */
  line(text?: string): void;
  /** A line for people, on standard error. */
  note(text: string): void;
  /** For programs, with `--json` only: one object, indented. */
  value(value: object): void;
  /** For programs, with `--json` only: one object, one line, as a stream has it. */
  record(value: object): void;
  style(style: Style, text: string): string;
  /** Characters in a line of the terminal; `Infinity` where nobody looks, and programs cut lines. */
  readonly width: number;
  /** Shows that something takes time, where somebody may be looking. */
  progress<Result>(text: string, work: (say: (text: string) => void) => Promise<Result>): Promise<Result>;
}

export function createPrinter(terminal: Terminal, { json }: { json: boolean }): Printer {
  const { stdout, stderr, env } = terminal;
  const style: Printer['style'] = (format, text) =>
    hasColour(stdout, env) ? styleText(format, text, { validateStream: false }) : text;
  return {
    json,
    line: (text = '') => {
      if (!json) stdout.write(`${text}\n`);
    },
    note: (text) => stderr.write(`${text}\n`),
    value: (value) => {
      if (json) stdout.write(`${printableJson(value, 2)}\n`);
    },
    record: (value) => {
      if (json) stdout.write(`${printableJson(value)}\n`);
    },
    style,
    get width() {
      return stdout.isTTY ? stdout.columns : Infinity;
    },
    async progress(text, work) {
      if (json || !stderr.isTTY || env['CI']) return await work(() => {});
      // The library asks FORCE_COLOR alone.
      const color = hasColour(stderr, env) ? 'cyan' : false;
      const spinner = ora({ text, color, stream: process.stderr, discardStdin: false }).start();
      try {
        return await work((next) => {
          spinner.text = printable(next);
        });
      } finally {
        spinner.stop();
      }
    },
  };
}

/** https://no-color.org */
export function hasColour(output: Output, env: Terminal['env']): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0';
  return output.isTTY && env['TERM'] !== 'dumb';
}
