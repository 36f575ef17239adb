import { within } from './within.ts';

/** How a call ended, `ms` from now at the latest: `null` when well, else why not. Never rejects. */
export async function outcomeOf(call: Promise<unknown>, ms: number): Promise<unknown> {
  const ended = call.then(
    () => null,
    (error: unknown) => error,
  );
  return await within(ended, { ms });
}
