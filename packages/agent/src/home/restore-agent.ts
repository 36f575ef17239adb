import { homedir } from 'node:os';
import { homePath, type RestoredHome, restoreHome, type RestoreHomeOptions } from '@xmtp-messaging/xmtp-core';
import type { AgentOptions } from '../agent-options.ts';
import { silent } from '../silent.ts';
import { version } from '../version.ts';
import { openSigner } from './open-signer.ts';

/** What to restore, and as which agent. */
export interface RestoreAgentOptions
  extends
    Pick<AgentOptions, 'wallet' | 'homeRoot' | 'network' | 'allowManyInstallations' | 'logger'>,
    Pick<RestoreHomeOptions, 'from' | 'secret' | 'onStep'> {}

/**
 * Makes the home of an agent from a backup of it, as a further installation; see `restoreHome`. The wallet signs once.
 * @throws MailboxError, OwsSignerError
 */
export async function restoreAgent(options: RestoreAgentOptions): Promise<RestoredHome> {
  const { wallet, homeRoot, network, allowManyInstallations, logger = silent, from, secret, onStep } = options;
  const given = typeof wallet === 'string' ? { name: wallet } : wallet;
  const { signer } = await openSigner({
    wallet: { ...given, home: given.home ?? homedir() },
    homeRoot,
    logger,
    signal: new AbortController().signal,
    onWarning: (warning) => logger.warn({ event: 'signer-warned', warning }),
  });
  return await restoreHome({
    from,
    secret,
    home: homePath(signer.address, { root: homeRoot }),
    signer,
    network: { appVersion: `xmtp-messaging/${version}`, ...network },
    allowManyInstallations,
    onEvent: ({ level, name, details }) => logger[level]({ ...details, event: name }),
    onStep,
  });
}
