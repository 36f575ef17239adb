import type { HttpBindings } from '@hono/node-server';

/**
 * What another server answers, passed on. When that breaks off, the caller's connection is cut as well: a part must not look
 * whole, and the reason, which is another's text, is told nobody.
 */
export function passBody(
  body: ReadableStream<Uint8Array> | null,
  outgoing: Pick<HttpBindings['outgoing'], 'destroy'> | undefined,
): ReadableStream<Uint8Array> | null {
  if (body === null) return null;
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
