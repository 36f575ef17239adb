/** The response, and `then` when its body has been read, or is not wanted any more. */
export function followBody(response: Response, then: () => void): Response {
  if (response.body === null) {
    then();
    return response;
  }
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  void response.body
    .pipeTo(writable)
    .catch(() => {})
    .finally(then);
  return new Response(readable, response);
}
