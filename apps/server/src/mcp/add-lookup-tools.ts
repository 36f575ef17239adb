import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { nameOrAddress, resolvedSchema } from '../routes/name-schemas.ts';
import { statusSchema } from '../routes/status-schema.ts';
import { askOrSay } from './ask-or-say.ts';
import type { AskMailbox } from './types.ts';

const healthSchema = statusSchema.pick({ connected: true, address: true, state: true, env: true }).extend({
  mode: statusSchema.shape.mode.describe('closed: only those on the allowlist are heard.'),
  warnings: z.array(statusSchema.shape.warnings.element.omit({ hint: true })),
});
/** Without the name of a component, which hosts would have to look up. */
const foundSchema = resolvedSchema.extend({});
const annotations = { readOnlyHint: true, destructiveHint: false, idempotentHint: true };

/** `mailbox_status` and `resolve_name`. */
export function addLookupTools(server: McpServer, ask: AskMailbox): void {
  server.registerTool(
    'mailbox_status',
    {
      title: 'State of the mailbox',
      description: 'Whether the mailbox is connected, which address it has, and what its operator should look at.',
      inputSchema: z.strictObject({}),
      outputSchema: healthSchema,
      annotations: { ...annotations, openWorldHint: false },
    },
    async (_, { mcpReq: { signal } }) => {
      const asked = await askOrSay(ask, { method: 'GET', path: '/xmtp/status', signal }, healthSchema);
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
      inputSchema: z.strictObject({ name: nameOrAddress }),
      outputSchema: foundSchema,
      annotations: { ...annotations, openWorldHint: true },
    },
    async ({ name }, { mcpReq: { signal } }) => {
      const path = `/xmtp/resolve?name=${encodeURIComponent(name)}`;
      const asked = await askOrSay(ask, { method: 'GET', path, signal }, foundSchema);
      if (!asked.ok) return asked.says;
      const { address, source, verified } = asked.answer;
      const text = `${address}, by ${source}${verified ? ', verified' : ', not verified'}.`;
      return { content: [{ type: 'text', text }], structuredContent: asked.answer };
    },
  );
}
