/** What is known of a variable besides its type. */
export interface VariableFacts {
  /** What is allowed, as the end of "expected …". */
  expected: string;
  /** What it does, one line. */
  help: string;
  /** Shown in the help when there is one. */
  default?: string;
  /** Whether a bad value may be repeated in the error. Only for values that cannot hold a secret. */
  echo?: boolean;
}
