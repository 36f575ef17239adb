import type { McpFile } from './host-layouts.ts';

/** What a host is told of the mailbox. Secrets stand in it by the name of their variable only. */
export interface McpEntry {
  url: string;
  headers: Readonly<Record<string, string>>;
  /** Variable that holds the bearer token, where the format has a key for that. */
  tokenVariable?: string | undefined;
  /** Whether the kind of transport is to be said. */
  typed?: boolean | undefined;
}

/** The name of the server in every list. */
export const mcpName = 'xmtp';

/** Why a list of servers stays as it is. */
export type McpProblem = 'foreign' | 'unreadable';

const tokenVariable = 'XMTP_API_TOKEN';

/**
 * What a host is told of a mailbox. The token of the agent stands in it as the name of its variable.
 * @param options.base Of the server, without a path of its routes.
 * @param options.wantsToken Whether callers have to show a token, as far as is known.
 */
export function mcpEntry(
  { typed, reference }: McpFile,
  { base, id, wantsToken }: { base: string; id: string; wantsToken: boolean },
): McpEntry {
  const url = `${base}/mcp`;
  if (reference === null) {
    // A variable that is named and not set keeps the host from starting the server.
    return { url, headers: { 'Xmtp-Agent': id }, ...(wantsToken ? { tokenVariable } : {}) };
  }
  const headers = { 'Xmtp-Agent': id, Authorization: `Bearer ${reference(tokenVariable)}` };
  return { url, headers, typed };
}
