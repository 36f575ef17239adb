import { homedir } from 'node:os';
import { type MovedHome, homePath, moveToGateway } from '@xmtp-messaging/xmtp-core';
import type { AgentOptions } from '../agent-options.ts';
import { silent } from '../silent.ts';
import { version } from '../version.ts';
import { openSigner } from './open-signer.ts';

/**
 * Moves the home of an agent from V3 to the gateway that its network names; see `moveToGateway`. The agent must not be open.
 * @throws MailboxError, OwsSignerError
 */
export async function moveAgentToGateway(
  options: Pick<AgentOptions, 'wallet' | 'homeRoot' | 'network' | 'logger'>,
): Promise<MovedHome & { address: `0x${string}` }> {
  const { wallet, homeRoot, network, logger = silent } = options;
  const given = typeof wallet === 'string' ? { name: wallet } : wallet;
  const { signer } = await openSigner({
    wallet: { ...given, home: given.home ?? homedir() },
    homeRoot,
    logger,
    signal: new AbortController().signal,
    onWarning: (warning) => logger.warn({ event: 'signer-warned', warning }),
  });
  const { address } = signer;
  const home = homePath(address, { root: homeRoot });
  return {
    address,
    ...(await moveToGateway({ address, home, network: { appVersion: `xmtp-messaging/${version}`, ...network } })),
  };
}
