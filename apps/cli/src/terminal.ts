/** Where text goes. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Characters in a line. */
  readonly columns: number;
}

/** What the program touches of its process. */
export interface Terminal {
  /** Without the program's own name. */
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  cwd: string;
  stdout: Output;
  stderr: Output;
  /** Everything on standard input. */
  readInput(): Promise<string>;
  /** Asks the person at the terminal; `null` when there is nobody. */
  ask(question: string): Promise<string | null>;
  /** The same for what nobody may see: nothing that is typed is shown. */
  askSecret(question: string): Promise<string | null>;
  /** Calls back when nothing more comes on standard input, which somebody else reads. */
  onInputEnd(listener: () => void): void;
  /** Calls back on SIGINT, SIGTERM and SIGHUP. Returns the way to stop that. */
  onSignal(listener: (signal: NodeJS.Signals) => void): () => void;
}
