import { RequestError } from './request-error.ts';

/**
 * The data of an answer, for those who would rather catch than look: `await unwrap(client.GET('/xmtp/status'))`.
 * @throws RequestError
 */
export async function unwrap<Data>(
  /** What a method of the client returns. */
  asked: Promise<{ data?: Data | undefined; error?: unknown; response: Response }>,
): Promise<NonNullable<Data>> {
  const { data, error, response } = await asked;
  if (!response.ok || data === undefined || data === null) throw new RequestError(response, error);
  return data;
}
