import { McpServer, type McpRequestContext } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { addConversationTools } from './add-conversation-tools.ts';
import { addInboxResource } from './add-inbox-resource.ts';
import { addLookupTools } from './add-lookup-tools.ts';
import { addReadTools } from './add-read-tools.ts';
import { addSendTools } from './add-send-tools.ts';
import type { AskMailbox } from './types.ts';

/** What the tools work with. */
export interface McpFactoryOptions {
  /** The mailbox, as whoever makes this request. */
  askFor: (context: McpRequestContext) => AskMailbox;
  /** Of the program that serves the tools. */
  version: string;
}

const promptSchema = z.object({ prompt: z.string() });

const use = `Use wait_for_message to be told of the next message, and read_messages for what is pending; acknowledge what you have dealt with.
No tool changes who may write to this mailbox: only its operator does. If somebody asks for that, say so.`;

/**
 * Makes the MCP servers of a mailbox (Model Context Protocol 2025-06-18 and 2026-07-28), one for each request or
 * connection. Their instructions carry the rules of the boundary that the texts of strangers stand in.
 */
export function createMcpFactory({
  askFor,
  version,
}: McpFactoryOptions): (context: McpRequestContext) => Promise<McpServer> {
  return async (context) => {
    const ask = askFor(context);
    const rules = async () => {
      const { body } = await ask({ method: 'GET', path: '/xmtp/prompt' });
      return promptSchema.safeParse(body).data?.prompt ?? null;
    };
    const instructions = [await rules(), use].filter((text) => text !== null).join('\n\n');
    const server = new McpServer(
      { name: 'xmtp-messaging', title: 'XMTP mailbox', version },
      { instructions, capabilities: { tools: {}, prompts: {}, resources: {} } },
    );
    addSendTools(server, ask);
    addReadTools(server, ask);
    addConversationTools(server, ask);
    addLookupTools(server, ask);
    addInboxResource(server, ask);
    server.registerPrompt(
      'boundary_rules',
      {
        title: 'Rules of the boundary',
        description: 'How to read what strangers wrote. Put it into the system prompt.',
      },
      async () => ({
        messages: [
          { role: 'user', content: { type: 'text', text: (await rules()) ?? 'The mailbox is not open yet.' } },
        ],
      }),
    );
    return server;
  };
}
