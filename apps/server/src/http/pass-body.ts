import type { HttpBindings } from '@hono/node-server';

/**
 * A stream that may break off, passed on: what another server answers, or what is read from a disk. Then the caller's connection is cut
 * as well: a part must not look whole, and the reason, which may be another's text, is printed nowhere.
 */
export function passBody(
  body: ReadableStream<Uint8Array>,
  outgoing: Pick<HttpBindings['outgoing'], 'destroy'> | undefined,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch {
        outgoing?.destroy();
        controller.close();
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
