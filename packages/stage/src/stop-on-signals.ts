/** What ends a program in good order. */
export interface Stop {
  /** Aborts at the first SIGINT or SIGTERM; a second one ends the process as it always would. */
  readonly signal: AbortSignal;
  /** What a shell expects of a program that was ended so; `null` while it was not. */
  exitCode(): number | null;
}

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

export function stopOnSignals(): Stop {
  const stop = new AbortController();
  let exitCode: number | null = null;
  for (const signal of Object.keys(exitCodes) as (keyof typeof exitCodes)[]) {
    process.once(signal, () => {
      exitCode ??= exitCodes[signal];
      stop.abort(new Error(`stopped by ${signal}`));
    });
  }
  return { signal: stop.signal, exitCode: () => exitCode };
}
