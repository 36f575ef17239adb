import { RequestError } from '@xmtp-messaging/client';

/** The text of an answer that is no JSON. @throws RequestError */
export async function readAsText(
  asked: Promise<{ data?: unknown; error?: unknown; response: Response }>,
): Promise<string> {
  const { data, error, response } = await asked;
  if (!response.ok || typeof data !== 'string') throw new RequestError(response, error);
  return data;
}
