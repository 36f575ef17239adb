import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { askOrSay } from './ask-or-say.ts';
import type { AskMailbox } from './types.ts';

const statusSchema = z.object({
  connected: z.boolean(),
  address: z.string().nullable(),
  state: z.string(),
  env: z.string(),
  mode: z.enum(['closed', 'open']).describe('closed: only those on the allowlist are heard.'),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })).optional(),
});

const resolvedSchema = z.object({
  name: z.string().nullable(),
  address: z.string(),
  source: z.string(),
  verified: z.boolean(),
  heard: z.boolean(),
});

const annotations = { readOnlyHint: true, destructiveHint: false, idempotentHint: true };

/** `mailbox_status` and `resolve_name`. */
export function addLookupTools(server: McpServer, ask: AskMailbox): void {
  server.registerTool(
    'mailbox_status',
    {
      title: 'State of the mailbox',
      description: 'Whether the mailbox is connected, which address it has, and what its operator should look at.',
      outputSchema: statusSchema,
      annotations: { ...annotations, openWorldHint: false },
    },
    async ({ mcpReq: { signal } }) => {
      const asked = await askOrSay(ask, { method: 'GET', path: '/xmtp/status', signal }, statusSchema);
      if (!asked.ok) return asked.says;
      const { connected, address, state, mode } = asked.answer;
      const text = `${connected ? 'Connected' : 'Not connected'} as ${address ?? 'nobody yet'}; state ${state}; ${mode} mode.`;
      return { content: [{ type: 'text', text }], structuredContent: asked.answer };
    },
  );
  server.registerTool(
    'resolve_name',
    {
      title: 'Look up a name',
      description: 'The Ethereum address that an ENS name leads to now, who says so, and whether it is heard.',
      inputSchema: z.object({ name: z.string().min(1).max(255) }),
      outputSchema: resolvedSchema,
      annotations: { ...annotations, openWorldHint: true },
    },
    async ({ name }, { mcpReq: { signal } }) => {
      const path = `/xmtp/resolve?name=${encodeURIComponent(name)}`;
      const asked = await askOrSay(ask, { method: 'GET', path, signal }, resolvedSchema);
      if (!asked.ok) return asked.says;
      const { address, source, verified } = asked.answer;
      const text = `${address}, by ${source}${verified ? ', verified' : ', not verified'}.`;
      return { content: [{ type: 'text', text }], structuredContent: asked.answer };
    },
  );
}
