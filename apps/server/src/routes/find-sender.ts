import type { AgentHome, AgentResolver } from '@xmtp-messaging/agent';
import type { InboundListOptions } from '@xmtp-messaging/xmtp-core';

/**
 * Whom a filter means: an inbox by its id, an address, or a name. A name on the allowlist is its listed address.
 * @throws ResolveError
 */
export async function findSender(
  from: string,
  context: { home: Pick<AgentHome, 'allowlist'>; resolver: Pick<AgentResolver, 'resolve'>; signal: AbortSignal },
): Promise<InboundListOptions['from']> {
  if (/^[0-9a-f]{64}$/u.test(from)) return { inboxId: from };
  const listed = context.home.allowlist.find(from);
  if (listed !== null) return { address: listed.address };
  return { address: (await context.resolver.resolve(from, { signal: context.signal })).address };
}
