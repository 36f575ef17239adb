/**
 * Callers whose send is settled and who do not know yet. While more waits, the next messages are stored first: answering
 * callers would take the processor from them, and then the network would wait for us.
 */
export interface Untold {
  add(answer: () => void): void;
  readonly tell: () => void;
  /** Whether somebody has been kept waiting for too long. */
  isLate(): boolean;
}

/** How long a caller whose send is settled may be kept waiting for the next batch to be on its way. */
export const tellWithinMs = 50;

export function createUntold(clock: () => number): Untold {
  const answers: (() => void)[] = [];
  let since = 0;
  return {
    add(answer) {
      if (answers.length === 0) since = clock();
      answers.push(answer);
    },
    tell() {
      for (const answer of answers.splice(0)) answer();
    },
    isLate: () => clock() - since > tellWithinMs,
  };
}
