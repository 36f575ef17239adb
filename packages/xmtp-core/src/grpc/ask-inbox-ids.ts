import { askNode } from './ask-node.ts';
import { encodeInboxIdsRequest, readInboxIds } from './wire.ts';

/** The same question and answer on either network. */
const paths = {
  v3: '/xmtp.identity.api.v1.IdentityApi/GetInboxIds',
  d14n: '/xmtp.xmtpv4.message_api.ReplicationApi/GetInboxIds',
};

/**
 * Which inboxes Ethereum addresses lead to, all in one question, which the binding has no call for. One that leads to none is
 * left out. Rejects with the network's words.
 * @param addresses Lower case.
 */
export async function askInboxIds(
  url: string,
  addresses: readonly string[],
  options: { network: keyof typeof paths; appVersion?: string | undefined; timeoutMs?: number | undefined },
): Promise<Map<string, string>> {
  const { network, appVersion, timeoutMs = 10_000 } = options;
  const request = encodeInboxIdsRequest(addresses);
  return readInboxIds(await askNode(url, paths[network], request, { appVersion, timeoutMs }));
}
