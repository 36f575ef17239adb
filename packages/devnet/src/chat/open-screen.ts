import { clearLine, createInterface, cursorTo, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Where a person types, or a program writes, lines; and where answers appear between them. */
export interface Screen {
  readonly lines: Interface;
  /** A line of its own, also while somebody types. */
  print(line: string): void;
  /** The next line may be typed. */
  prompt(): void;
}

export interface ScreenOptions {
  readonly input: Readable;
  readonly output: Writable;
  /** Whether a person types. */
  readonly interactive: boolean;
  readonly prompt: string;
  /** Ends the input. */
  readonly signal: AbortSignal;
}

export function openScreen({ input, output, interactive, prompt, signal }: ScreenOptions): Screen {
  const lines = createInterface({
    input,
    ...(interactive ? { output } : {}),
    terminal: interactive,
    prompt,
    signal,
    crlfDelay: Infinity,
  });
  lines.on('SIGINT', () => lines.close());
  let open = true;
  lines.once('close', () => (open = false));
  return {
    lines,
    print(line) {
      if (interactive) {
        cursorTo(output, 0);
        clearLine(output, 0);
      }
      output.write(`${line}\n`);
      if (interactive && open) lines.prompt(true);
    },
    prompt() {
      if (interactive && open) lines.prompt();
    },
  };
}
