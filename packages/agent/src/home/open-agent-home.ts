import type { Optional } from '@xmtp-messaging/errors';
import { join } from 'node:path';
import { type AllowlistOptions, createDriftMonitor, openAllowlist, openGroupList } from '@xmtp-messaging/allowlist';
import { isName } from '@xmtp-messaging/errors/name';
import { ensurePrivateFolder, readPrivateFileSync, watchPlace } from '@xmtp-messaging/errors/files';
import { type BoundaryMode, createBoundary, type TextLimits } from '@xmtp-messaging/inbound-guard';
import { homePath } from '@xmtp-messaging/xmtp-core';
import type { AgentHints } from '../agent-hints.ts';
import { createConversationView } from '../conversations/create-conversation-view.ts';
import { mayBeHeard } from '../inbound/create-admit.ts';
import { createGroupView } from '../groups/create-group-view.ts';
import type { MemberFacts } from '../inbound/describe-member.ts';
import type { PersonFacts } from '../inbound/describe-person.ts';
import { createMessageView } from '../inbound/create-message-view.ts';
import { createTextPages } from '../inbound/create-text-pages.ts';
import type { TellFindings } from '../inbound/create-tell-findings.ts';
import type { AgentResolver } from '../names/create-resolver.ts';
import { createScrub } from '../outbound/create-scrub.ts';
import type { AgentHome, AgentLogger } from '../types.ts';
import { followList } from '../audit/follow-list.ts';
import { openAuditLog } from '../audit/open-audit-log.ts';
import { makeOperatorToken, operatorTokenFile } from './make-operator-token.ts';
import { openBoundarySecret } from './open-boundary-secret.ts';

/** What a home needs. */
export interface OpenHomeOptions {
  /** EIP-55. */
  address: `0x${string}`;
  /** Folder that holds one home per address. @default ~/.xmtp */
  homeRoot?: string | undefined;
  boundaryMode: BoundaryMode;
  mode: 'closed' | 'open';
  /** How much of a message stands in its block. @default 16 KiB, 512 lines */
  shownText?: Optional<TextLimits> | undefined;
  /** Make `operator.token` where there is none. @default false */
  operatorToken?: boolean | undefined;
  /** Tokens of the agent's model, beside those that the guard knows by their shape. @default [] */
  modelTokens?: readonly string[] | undefined;
  /** Take out of answers what they should not hold. @default true */
  scrubReplies?: boolean | undefined;
  /** Secrets of this program, which leave in no answer. @default [] */
  secrets?: (() => readonly string[]) | undefined;
  resolver: AgentResolver;
  uploads: AgentHome['uploads'];
  /** @default nobody is told */
  tellFindings?: TellFindings | undefined;
  hints: AgentHints;
  logger: AgentLogger;
  now: () => number;
  signal: AbortSignal;
}

/** Everything of an agent that does not need the network: its folder, its lists, its boundary. */
export async function openAgentHome(options: OpenHomeOptions): Promise<AgentHome> {
  const {
    address,
    homeRoot,
    boundaryMode,
    modelTokens = [],
    shownText: limits,
    resolver,
    hints,
    logger,
    now,
    signal,
  } = options;
  const path = homePath(address, { root: homeRoot });
  ensurePrivateFolder(path);
  const place = watchPlace(path);
  const { key, gutter, idFor } = await openBoundarySecret(path);
  if (options.operatorToken === true) await makeOperatorToken(path);
  const boundary = createBoundary({ mode: boundaryMode, gutter, idFor, modelTokens, limits });
  const scrub = createScrub({
    boundary,
    modelTokens,
    isOn: options.scrubReplies ?? true,
    secrets: () => [...(options.secrets?.() ?? []), key, ...secretsOf(path)],
    logger,
    now,
  });
  const audit = openAuditLog({ home: path, place, logger, now });
  const fileOf = (list: 'allowlist' | 'denylist' | 'grouplist'): AllowlistOptions => ({
    path: join(path, `${list}.yaml`),
    now,
    onEvent: (event) =>
      logger[event.type === 'list-unreadable' ? 'error' : 'info']({
        event: event.type,
        list,
        ...('count' in event ? { count: event.count } : {}),
        ...('error' in event ? { code: event.error.code, line: event.error.line } : {}),
      }),
  });
  const allowlist = await openAllowlist(fileOf('allowlist'));
  const denylist = await openAllowlist(fileOf('denylist'));
  const grouplist = await openGroupList(fileOf('grouplist'));
  await Promise.all([
    followList(allowlist, 'allowlist', audit),
    followList(denylist, 'denylist', audit),
    followList(grouplist, 'grouplist', audit),
  ]);
  const drift = createDriftMonitor({
    allowlist,
    resolve: (name, { signal: lookup }) => resolver.resolve(name, { signal: lookup, fresh: true }),
    // A restart must not hide for an hour what has moved.
    firstCheckMs: 30_000,
    onDrift: (found) => logger.warn({ event: 'name-drifted', ...found }),
    now,
    signal,
  });
  const people: PersonFacts = {
    isListed: (address) => allowlist.has(address),
    nameOf: (listed) => {
      const entry = allowlist.find(listed);
      if (entry?.name === null || entry === null) return null;
      const isLabel = !isName(entry.name);
      return { name: entry.name, isLabel, verified: !isLabel && resolver.confirms(entry.name, entry.address) };
    },
  };
  const members: MemberFacts = {
    ...people,
    address,
    // A list in doubt says nothing of what was heard before.
    isDenied: (denied) => denylist.status().state === 'ready' && denylist.has(denied),
  };
  const { view, wrap, withNames, isWithheld } = createMessageView({
    ...members,
    boundary,
    boundaryMode,
    limits,
    modelTokens,
    wholeAt: hints.wholeText,
    tellFindings: options.tellFindings,
  });
  const conversationView = createConversationView({
    ...members,
    boundary,
    boundaryMode,
    modelTokens,
    limits,
    mayBeHeard: mayBeHeard({ home: { allowlist, denylist }, mode: options.mode }),
    wholeAt: hints.wholeText,
    view,
    wrap,
  });
  const textPage = createTextPages({ wrap: conversationView.wrap, prepare: withNames, limits });
  const groupView = createGroupView(members);
  const { uploads } = options;
  const shown = { view, isWithheld, textPage, conversationView, groupView };
  const lists = { allowlist, denylist, grouplist };
  return { address, path, place, ...lists, boundary, scrub, uploads, ...shown, drift, audit, hints };
}

/** What other rooms keep in the home; whatever of it is there. A file that is unsafe is told of by those who need it. */
function secretsOf(home: string): string[] {
  return ['encryption.key', operatorTokenFile].flatMap((name) => {
    try {
      // Several tokens are a line each.
      const words = readPrivateFileSync(join(home, name))?.bytes.toString().split(/\s+/u) ?? [];
      return words.filter((word) => word.length >= 16);
    } catch {
      // Whoever opens it says why it cannot be used.
      return [];
    }
  });
}
