import { waitFor } from '@xmtp-messaging/testing';
import { postJson } from './post-json.ts';

/**
 * Says this to the port of an example, as somebody who reached it and is not the server, and claims that his words carry no taint; resolves
 * when that had its effect, if any.
 * @throws unless a webhook is refused for its signature, and a tool refuses whoever asks by REST-AP
 */
export async function intrude(mail: 'hook' | 'rest-ap', url: string, words: string): Promise<void> {
  await (mail === 'hook' ? postUnsigned(url, words) : askRestAp(url, words));
}

async function postUnsigned(url: string, text: string): Promise<void> {
  const { status } = await postJson(url, { type: 'message.received', data: { text, taint: null } });
  if (status !== 401) throw new Error(`It took a webhook without a signature: ${status}`);
}

async function askRestAp(url: string, message: string): Promise<void> {
  const asked = await postJson(`${url}/talk`, { message });
  const { query_id: id } = (await asked.json()) as { query_id: string };
  const news = await waitFor(
    async () => {
      const text = await (await fetch(`${url}/news?since=0`)).text();
      return text.includes(id) ? text : null;
    },
    { timeoutMs: 30_000, what: 'news' },
  );
  if (!news.includes('The tool says: Refused')) throw new Error(`It obeyed whoever reached its port: ${news}`);
}
