import { readPrivateFileSync } from '@xmtp-messaging/errors/files';
import { createClient, type MailboxClient } from '@xmtp-messaging/client';
import { ChannelError } from './errors.ts';
import type { HostConfig } from './host.ts';

/** Name of the channel, and of its part of the configuration. */
export const channelId = 'xmtp';

/** Who of those that the mailbox hears reaches the agent. */
export const dmPolicies = ['allowlist', 'pairing', 'open', 'disabled'] as const;

/** One mailbox. */
export interface Account {
  accountId: string;
  enabled: boolean;
  configured: boolean;
  /** Of the server, without a path. @default 'http://localhost:4101' */
  url: string;
  /** Whose mailbox is meant. */
  agent: string;
  /** @default 'allowlist' */
  dmPolicy: (typeof dmPolicies)[number];
  token: string | null;
  tokenFile: string | null;
  operatorTokenFile: string | null;
}

const defaultAccount = 'default';

/** Accounts of `channels.xmtp`: those under `accounts`, else one. */
export function listAccounts(config: HostConfig): string[] {
  const { accounts } = sectionOf(config);
  return isObject(accounts) && Object.keys(accounts).length > 0 ? Object.keys(accounts) : [defaultAccount];
}

/** What is said of an account, over what is said of all. Reads no file. */
export function readAccount(config: HostConfig, accountId?: string | null): Account {
  const section = sectionOf(config);
  const name = accountId ?? listAccounts(config)[0]!;
  const own = isObject(section['accounts']) ? section['accounts'][name] : undefined;
  const said: Record<string, unknown> = { ...section, ...(isObject(own) ? own : {}) };
  const text = (key: string) => (typeof said[key] === 'string' && said[key] !== '' ? said[key] : null);
  const agent = text('agent');
  return {
    accountId: name,
    enabled: said['enabled'] !== false,
    configured: agent !== null,
    url: (text('url') ?? 'http://localhost:4101').replace(/\/+$/u, ''),
    agent: agent ?? '',
    // A word that means nothing is no reason to hear more people.
    dmPolicy: dmPolicies.find((policy) => policy === said['dmPolicy']) ?? 'allowlist',
    token: text('token'),
    tokenFile: text('tokenFile'),
    operatorTokenFile: text('operatorTokenFile'),
  };
}

/** The mailbox of an account as its agent has it: it sends and reads, and changes no list. @throws ChannelError */
export function openMailbox(account: Account): MailboxClient {
  const { tokenFile, token } = account;
  return connect(account, () => (tokenFile === null ? (token ?? undefined) : readToken(tokenFile)));
}

/** The same as its operator has it; only what an operator asked for may go this way. @throws ChannelError */
export function openAsOperator(account: Account): MailboxClient {
  const { operatorTokenFile } = account;
  if (operatorTokenFile === null) throw new ChannelError({ code: 'OPERATOR_TOKEN_MISSING' });
  return connect(account, () => readToken(operatorTokenFile));
}

function connect({ url, agent, configured }: Account, token: () => string | undefined): MailboxClient {
  if (!configured) throw new ChannelError({ code: 'NOT_CONFIGURED' });
  return createClient({ baseUrl: url, agent, token });
}

/** Read for each request, so that it may be exchanged. */
function readToken(path: string): string {
  const file = readFile(path);
  // Several lines stand in it while one is exchanged for another; a line may end with scopes.
  const token = file?.trim().split(/\s/u, 1)[0];
  if (token) return token;
  throw new ChannelError({ code: 'TOKEN_UNREADABLE', shortMessage: `There is no token in ${path}.` });
}

function readFile(path: string): string | null {
  try {
    return readPrivateFileSync(path, { others: 'nothing' })?.bytes.toString('utf8') ?? null;
  } catch (cause) {
    throw new ChannelError({ code: 'TOKEN_UNREADABLE', shortMessage: `${path} cannot be read.`, cause });
  }
}

function sectionOf({ channels }: HostConfig): Record<string, unknown> {
  const section = channels?.[channelId];
  return isObject(section) ? section : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
