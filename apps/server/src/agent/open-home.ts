import { join } from 'node:path';
import { createDriftMonitor, openAllowlist } from '@xmtp-messaging/allowlist';
import { isName } from '@xmtp-messaging/errors/name';
import { ensurePrivateFolder, readPrivateFileSync } from '@xmtp-messaging/errors/files';
import { createBoundary } from '@xmtp-messaging/inbound-guard';
import type { BoundaryMode } from '../config/types.ts';
import type { ServerResolver } from '../create-resolver.ts';
import type { Logger } from '../log/create-logger.ts';
import { openBoundarySecret } from './boundary-secret.ts';
import { createScrub } from './create-scrub.ts';
import { createMessageView } from './message-view.ts';
import type { TellFindings } from './tell-findings.ts';
import type { AgentHome } from './types.ts';

/** What a home needs. */
export interface OpenHomeOptions {
  /** EIP-55. */
  address: string;
  /** Folder that holds one home per address. */
  homeRoot: string;
  boundaryMode: BoundaryMode;
  /** Tokens of the agent's model, beside those that the guard knows by their shape. @default [] */
  modelTokens?: readonly string[] | undefined;
  /** Take out of answers what they should not hold. @default true */
  scrubReplies?: boolean | undefined;
  /** Secrets of this server, which leave in no answer. @default [] */
  secrets?: readonly string[] | undefined;
  resolver: ServerResolver;
  /** @default nobody is told */
  tellFindings?: TellFindings | undefined;
  logger: Logger;
  now: () => number;
  signal: AbortSignal;
}

/** Everything of an agent that does not need the network: its folder, its lists, its boundary. */
export async function openAgentHome(options: OpenHomeOptions): Promise<AgentHome> {
  const { address, homeRoot, boundaryMode, modelTokens = [], resolver, logger, now, signal } = options;
  const path = join(homeRoot, address.toLowerCase());
  ensurePrivateFolder(path);
  const { key, gutter, idFor } = await openBoundarySecret(path);
  const boundary = createBoundary({ mode: boundaryMode, gutter, idFor, modelTokens });
  const scrub = createScrub({
    boundary,
    modelTokens,
    isOn: options.scrubReplies ?? true,
    secrets: () => [...(options.secrets ?? []), key, ...secretsOf(path)],
    logger,
  });
  const openList = (list: 'allowlist' | 'denylist') =>
    openAllowlist({
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
  const allowlist = await openList('allowlist');
  const denylist = await openList('denylist');
  const drift = createDriftMonitor({
    allowlist,
    resolve: (name, { signal: lookup }) => resolver.resolve(name, { signal: lookup, fresh: true }),
    // A restart must not hide for an hour what has moved.
    firstCheckMs: 30_000,
    onDrift: (found) => logger.warn({ event: 'name-drifted', ...found }),
    now,
    signal,
  });
  const view = createMessageView({
    boundary,
    boundaryMode,
    tellFindings: options.tellFindings,
    isListed: (address) => allowlist.has(address),
    nameOf: (listed) => {
      const entry = allowlist.find(listed);
      if (entry?.name === null || entry === null) return null;
      const isLabel = !isName(entry.name);
      return { name: entry.name, isLabel, verified: !isLabel && resolver.confirms(entry.name, entry.address) };
    },
  });
  return { address, path, allowlist, denylist, boundary, scrub, view, drift };
}

/** What other rooms keep in the home; whatever of it is there. */
function secretsOf(home: string): string[] {
  return ['encryption.key', 'operator.token'].flatMap((name) => {
    try {
      const secret = readPrivateFileSync(join(home, name))?.bytes.toString().trim() ?? '';
      return secret === '' ? [] : [secret];
    } catch {
      // Whoever opens it says why it cannot be used.
      return [];
    }
  });
}
