/** What a child process answers: at most one parameter, one promise. */
export type Calls = Readonly<Record<string, (parameters: never) => Promise<unknown>>>;

/** From parent to child. */
export interface Request {
  id: number;
  method: string;
  parameters: unknown;
}

/** From child to parent: the answer to a request, or something that happened by itself. */
export type Reply = { id: number; value: unknown } | { id: number; error: string } | { event: unknown };

function post(reply: Reply): void {
  if (process.connected) process.send?.(reply);
}

/** Answers the parent's calls until the parent is gone. The child's half of `startChild`. */
export function serveCalls(calls: Calls): void {
  process.on('message', (message) => {
    const { id, method, parameters } = message as Request;
    const call = calls[method];
    const answer = call === undefined ? Promise.reject(new Error(`no ${method}`)) : call(parameters as never);
    answer.then(
      (value) => post({ id, value }),
      (error: unknown) => post({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.once('disconnect', () => process.exit(0));
}

/** Tells the parent that something happened. */
export function emitEvent(event: unknown): void {
  post({ event });
}
