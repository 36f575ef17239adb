import { connect } from 'node:http2';
import { callUnary } from './call-unary.ts';
import { encodeInboxIdsRequest, readInboxIds } from './wire.ts';

const path = '/xmtp.identity.api.v1.IdentityApi/GetInboxIds';

/**
 * Which inboxes Ethereum addresses lead to, all in one question, which the binding has no call for. One that leads to none is
 * left out. Rejects with the network's words.
 * @param addresses Lower case.
 */
export async function askInboxIds(
  url: string,
  addresses: readonly string[],
  options: { appVersion?: string | undefined; timeoutMs?: number | undefined } = {},
): Promise<Map<string, string>> {
  const { appVersion, timeoutMs = 10_000 } = options;
  const session = connect(url);
  try {
    const failed = new Promise<never>((_, reject) => {
      session.on('error', reject);
    });
    const request = encodeInboxIdsRequest(addresses);
    return readInboxIds(await Promise.race([callUnary(session, path, request, { appVersion, timeoutMs }), failed]));
  } finally {
    session.destroy();
  }
}
