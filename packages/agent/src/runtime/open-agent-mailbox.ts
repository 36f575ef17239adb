import {
  type GroupPolicy,
  type Lists,
  type Mailbox,
  type MailboxEvent,
  type MailboxSigner,
  openMailbox,
} from '@xmtp-messaging/xmtp-core';
import type { AgentOptions, OpenLimit } from '../agent-options.ts';
import { createAdmit, mayBeHeard, type StrangerLimits } from '../inbound/create-admit.ts';
import type { AgentHome, AgentLogger, AgentMetrics } from '../types.ts';
import { version } from '../version.ts';

/** What opening the mailbox needs. */
export interface OpenAgentMailboxOptions {
  agent: AgentOptions;
  /** @default that of the mailbox package */
  openMailbox?: typeof openMailbox | undefined;
  signer: MailboxSigner;
  home: AgentHome;
  metrics: AgentMetrics;
  logger: AgentLogger;
  /** Told that there may be another knock. @default nobody */
  onKnock?: (() => void) | undefined;
  now: () => number;
  random: () => number;
  signal: AbortSignal;
}

/** @throws MailboxError */
export async function openAgentMailbox(options: OpenAgentMailboxOptions): Promise<Mailbox> {
  const { agent, signer, home, metrics, logger, now, random, signal } = options;
  const mode = agent.mode ?? 'closed';
  const { openMailbox: open = openMailbox } = options;
  return await open({
    signer,
    home: home.path,
    network: { appVersion: `xmtp-messaging/${version}`, ...agent.network },
    admit: createAdmit({
      home,
      mode,
      groups: agent.groups,
      strangers: strangerLimits(agent.openLimits),
      kinds: agent,
      metrics,
      now,
    }),
    isAllowed: mayBeHeard({ home, mode }),
    isExpected: mayBeHeard({ home, mode: 'closed' }),
    lists: () => listsOf(home, mode),
    groupPolicy: () => groupPolicyOf(home, agent.groups ?? 'listed-senders'),
    knocks: agent.knocks,
    droppedTextMs: agent.droppedTextMs,
    journalMs: agent.journalMs,
    journalBytes: agent.journalBytes,
    messagesMs: agent.messagesMs,
    strangerBytesPerDay: agent.strangerBytesPerDay,
    groupChanges: agent.hears?.includes('groupUpdated') ?? true,
    historicalAfterMs: agent.historicalAfterMs,
    bell: agent.bell,
    allowManyInstallations: agent.allowManyInstallations,
    onEvent: ({ level, name, details }: MailboxEvent) => {
      logger[level]({ ...details, event: name });
      if (name === 'message-dropped' || name === 'conversation-denied') options.onKnock?.();
    },
    now,
    random,
    signal,
  });
}

/** In doubt about one of them nobody knows who is heard. */
function listsOf({ allowlist, denylist }: AgentHome, mode: 'closed' | 'open'): Lists | null {
  if (allowlist.status().state !== 'ready' || denylist.status().state !== 'ready') return null;
  return { mode, listed: allowlist.snapshot(), denied: denylist.snapshot() };
}

function groupPolicyOf({ grouplist }: AgentHome, mode: GroupPolicy['mode']): GroupPolicy | null {
  if (grouplist.status().state !== 'ready') return null;
  return { mode, isListed: grouplist.has, listed: () => grouplist.snapshot() };
}

function strangerLimits({ sender, total }: NonNullable<AgentOptions['openLimits']> = {}): StrangerLimits {
  const perSecond = ({ burst, perMinute }: OpenLimit) => ({ burst, perSecond: perMinute / 60 });
  return {
    ...(sender === undefined ? {} : { unknownSender: perSecond(sender) }),
    ...(total === undefined ? {} : { unknownTotal: perSecond(total) }),
  };
}
