import type { EventSourceMessage } from 'eventsource-parser/stream';
import { parseEvents } from './parse-events.ts';
import { RequestError } from './request-error.ts';

/** What a method of the client gives, asked with `parseAs: 'stream'`. */
interface StreamAnswer {
  data?: ReadableStream<Uint8Array<ArrayBuffer>> | null | undefined;
  error?: unknown;
  response: Response;
}

/**
 * The events of a route that streams them, until the signal, be it before the first, or the end of the connection.
 * @throws RequestError; and what `fetch` throws, when the connection breaks.
 */
export async function* openStream(
  asked: Promise<StreamAnswer>,
  signal: AbortSignal,
): AsyncGenerator<EventSourceMessage, void, undefined> {
  const answer = await asked.catch((error: unknown) => {
    if (signal.aborted) return null;
    throw error;
  });
  if (answer === null) return;
  const { response, data, error } = answer;
  if (!response.ok || !data) throw new RequestError(response, error);
  yield* parseEvents(data, signal);
}
