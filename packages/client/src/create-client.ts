import createFetchClient, { type Client } from 'openapi-fetch';
import type { paths } from './gen/api.ts';

/** Where the mailbox is, and who asks. */
export interface ClientOptions {
  /** Of the server: `http://127.0.0.1:4101`, with the path of the agent where one has several (`/agents/NAME`). A page of the server itself gives `''`. */
  baseUrl: string;
  /** Of the agent or of the operator, as a bearer token; read for each request, so that it may change. An empty one is none. @default none */
  token?: string | (() => string | undefined | Promise<string | undefined>) | undefined;
  /** Which agent is meant, its address or its id: a server of another one refuses. @default whoever is there */
  agent?: string | undefined;
  /** @default the global fetch */
  fetch?: ((request: Request) => Promise<Response>) | undefined;
}

/** Also of what went wrong. */
type Json = 'application/json' | 'application/problem+json';

/** `GET`, `POST`, `PUT`, `PATCH` and `DELETE` of every route, each with its own types. */
export type MailboxClient = Client<paths, Json>;

/** A client of the HTTP surface of one mailbox. It needs `fetch` and nothing else of its platform. */
export function createClient({ baseUrl, token, agent, fetch }: ClientOptions): MailboxClient {
  const client = createFetchClient<paths, Json>({
    baseUrl,
    // Read late, as the default of openapi-fetch is: a page may replace it.
    fetch: fetch ?? ((request) => globalThis.fetch(request)),
    ...(agent === undefined ? {} : { headers: { 'xmtp-agent': agent } }),
  });
  client.use({
    onRequest: async ({ request }) => {
      const shown = typeof token === 'function' ? await token() : token;
      if (shown !== undefined && shown !== '') request.headers.set('authorization', `Bearer ${shown}`);
      return request;
    },
  });
  return client;
}
