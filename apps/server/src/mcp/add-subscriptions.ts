import { type McpServer, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { inboxUri } from './create-mail-news.ts';
import type { MailNews } from './types.ts';

/** More of them at once are a mistake, or an attack. */
const maxSubscriptions = 100;

/**
 * `resources/subscribe` and `resources/unsubscribe` of the protocol up to 2025-11-25. A client of a later one listens
 * to a stream, which whoever serves it fills.
 */
export function addSubscriptions({ server }: McpServer, news: MailNews): void {
  const uris = new Set<string>();
  let end: (() => void) | null = null;
  server.setRequestHandler('resources/subscribe', async ({ params: { uri } }) => {
    if (uri !== inboxUri && !/^xmtp:\/\/conversations\/[0-9a-f]{1,128}$/u.test(uri))
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'There is no such resource.');
    if (uris.size >= maxSubscriptions && !uris.has(uri))
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `No more than ${maxSubscriptions} subscriptions.`);
    uris.add(uri);
    end ??= news.subscribe((changed) => {
      if (uris.has(changed)) void server.sendResourceUpdated({ uri: changed }).catch(() => {});
    });
    await news.known();
    return {};
  });
  server.setRequestHandler('resources/unsubscribe', ({ params: { uri } }) => {
    uris.delete(uri);
    if (uris.size === 0) stop();
    return {};
  });
  const stop = () => {
    end?.();
    end = null;
  };
  onClose({ server }, stop);
}

/** Tells of all that changes: what serves the connection passes on what its client listens to. */
export function tellAll({ server }: McpServer, news: MailNews): void {
  const end = news.subscribe((uri) => void server.sendResourceUpdated({ uri }).catch(() => {}));
  onClose({ server }, end);
}

function onClose({ server }: Pick<McpServer, 'server'>, then: () => void): void {
  const before = server.onclose;
  // The only way that the library has.
  // oxlint-disable-next-line unicorn/prefer-add-event-listener
  server.onclose = () => {
    then();
    before?.();
  };
}
