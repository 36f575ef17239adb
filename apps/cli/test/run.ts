import { runCli, type Terminal } from '../src/index.ts';

/** What a command printed, and how it ended. */
export interface Run {
  code: number;
  out: string;
  err: string;
  /** What `--json` printed. */
  json: () => unknown;
}

/** Where and how a command runs. */
export interface RunOptions {
  cwd: string;
  env: Readonly<Record<string, string>>;
  input?: string;
  /** What the person at the terminal answers; nobody is there without it. */
  answer?: string;
}

/** Runs the program in this process. */
export async function run(args: readonly string[], { cwd, env, input = '', answer }: RunOptions): Promise<Run> {
  let out = '';
  let err = '';
  const terminal: Terminal = {
    args,
    env,
    cwd,
    stdout: { write: (text) => void (out += text), isTTY: false, columns: 120 },
    stderr: { write: (text) => void (err += text), isTTY: false, columns: 120 },
    readInput: async () => input,
    askSecret: async () => null,
    ask: async () => answer ?? null,
    onSignal: () => () => {},
    onInputEnd: () => () => {},
  };
  const code = await runCli(terminal);
  return { code, out, err, json: () => JSON.parse(out) as unknown };
}
