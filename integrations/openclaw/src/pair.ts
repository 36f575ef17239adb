import { setTimeout as delay } from 'node:timers/promises';
import { unwrap } from '@xmtp-messaging/client';
import type { ChannelRuntime, GatewayContext, HostConfig } from './host.ts';
import { type Account, channelId, openAsOperator, readAccount } from './read-account.ts';

/** How often knocks are looked for, milliseconds. */
const everyMs = 30_000;

/**
 * Shows strangers who wrote to the mailbox as pairing requests of the host, until the signal. They are told nothing, and what they wrote stays dropped.
 * @param options.everyMs @default 30000, with jitter
 */
export async function watchKnocks(
  { cfg, account, abortSignal: signal, log, channelRuntime }: GatewayContext<Account>,
  options: { everyMs?: number | undefined } = {},
): Promise<void> {
  const runtime = channelRuntime as ChannelRuntime;
  const seen = new Map<string, number>();
  while (!signal.aborted) {
    try {
      const { knocks } = await unwrap(openAsOperator(account).GET('/xmtp/knocks', { signal }));
      const { accountId } = account;
      const approved = await runtime.pairing.readAllowFromStore({ channel: channelId, accountId });
      for (const knock of knocks) {
        const { kind, addresses, listed, decided, count } = knock;
        const [address] = addresses;
        if (kind !== 'message' || listed || decided !== null || address === undefined) continue;
        // The command line of the host may approve without our plugin, and keeps the address as it was shown.
        if (approved.some((entry) => entry.toLowerCase() === address.toLowerCase())) {
          await admit({ cfg, id: address, accountId });
          continue;
        }
        if (seen.get(address) === count) continue;
        seen.set(address, count);
        const meta = { knocks: String(count) };
        const { created } = await runtime.pairing.upsertPairingRequest({
          channel: channelId,
          id: address,
          accountId: account.accountId,
          meta,
        });
        if (created)
          log?.info?.(`[${account.accountId}] xmtp: ${address} knocks; see: openclaw pairing list ${channelId}`);
      }
    } catch {
      if (!signal.aborted)
        log?.warn?.(`[${account.accountId}] xmtp: knocks cannot be read; is operatorTokenFile right?`);
    }
    const pause = (options.everyMs ?? everyMs) * (0.75 + Math.random() / 2);
    await delay(pause, undefined, { signal }).catch(() => {});
  }
}

/**
 * Puts somebody whom the operator has approved in the host on the allowlist of the mailbox, by the operator's token.
 * @throws ChannelError OPERATOR_TOKEN_MISSING, TOKEN_UNREADABLE; RequestError of the server, `OPERATOR_ONLY` when the token is an agent's
 */
export async function admit({
  cfg,
  id,
  accountId,
}: {
  cfg: HostConfig;
  id: string;
  accountId?: string | undefined;
}): Promise<void> {
  const mailbox = openAsOperator(readAccount(cfg, accountId));
  await unwrap(mailbox.POST('/xmtp/allowlist', { body: { address: id } }));
}
