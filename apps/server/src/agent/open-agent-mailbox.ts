import type { OwsSigner } from '@xmtp-messaging/ows-signer';
import { type Mailbox, type MailboxEvent, openMailbox } from '@xmtp-messaging/xmtp-core';
import type { OpenLimit, ServerConfig } from '../config/types.ts';
import type { Logger } from '../log/create-logger.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import { createAdmit, mayBeHeard, type StrangerLimits } from './create-admit.ts';
import type { AgentHome } from './types.ts';

/** What opening the mailbox needs. */
export interface OpenAgentMailboxOptions {
  config: ServerConfig;
  signer: OwsSigner;
  home: AgentHome;
  metrics: Metrics;
  logger: Logger;
  version: string;
  now: () => number;
  random: () => number;
  signal: AbortSignal;
}

/** @throws MailboxError */
export async function openAgentMailbox(options: OpenAgentMailboxOptions): Promise<Mailbox> {
  const { config, signer, home, metrics, logger, version, now, random, signal } = options;
  const mode = config.mode ?? 'closed';
  return await openMailbox({
    signer,
    home: home.path,
    network: { ...config.network, appVersion: `xmtp-messaging/${version}` },
    admit: createAdmit({ home, mode, strangers: strangerLimits(config.openLimits), metrics, now }),
    isAllowed: mayBeHeard({ home, mode }),
    isExpected: mayBeHeard({ home, mode: 'closed' }),
    historicalAfterMs: config.historicalAfterMs,
    bell: config.bell,
    allowManyInstallations: config.allowManyInstallations,
    onEvent: ({ level, name, details }: MailboxEvent) => logger[level]({ ...details, event: name }),
    now,
    random,
    signal,
  });
}

function strangerLimits({ sender, total }: NonNullable<ServerConfig['openLimits']> = {}): StrangerLimits {
  const perSecond = ({ burst, perMinute }: OpenLimit) => ({ burst, perSecond: perMinute / 60 });
  return {
    ...(sender === undefined ? {} : { unknownSender: perSecond(sender) }),
    ...(total === undefined ? {} : { unknownTotal: perSecond(total) }),
  };
}
