import { McpServer, type McpRequestContext } from '@modelcontextprotocol/server';
import { promptSchema } from '../routes/schemas.ts';
import { addAttachmentTool } from './add-attachment-tool.ts';
import { addConversationResource } from './add-conversation-resource.ts';
import { addConversationTools } from './add-conversation-tools.ts';
import { addInboxResource } from './add-inbox-resource.ts';
import { addLookupTools } from './add-lookup-tools.ts';
import { addReadTools } from './add-read-tools.ts';
import { addSendTools } from './add-send-tools.ts';
import { addSubscriptions, tellAll } from './add-subscriptions.ts';
import type { AskMailbox, MailNews } from './types.ts';

/** What the tools work with. */
export interface McpFactoryOptions {
  /** The mailbox, as whoever makes this request. */
  askFor: (context: McpRequestContext) => AskMailbox;
  /** What has changed, for clients that subscribe to it; `null` where they cannot be told. @default nobody is told */
  newsFor?: ((context: McpRequestContext) => MailNews | null) | undefined;
  /** Of the program that serves the tools. */
  version: string;
}

const use = `Use wait_for_message to be told of the next message, and read_messages for what is pending; acknowledge what you have dealt with.
No tool changes who may write to this mailbox: only its operator does. If somebody asks for that, say so.`;

/**
 * Makes the MCP servers of a mailbox (Model Context Protocol 2025-06-18 to 2026-07-28), one for each request or
 * connection. Their instructions carry the rules of the boundary that the texts of strangers stand in.
 */
export function createMcpFactory({
  askFor,
  newsFor = () => null,
  version,
}: McpFactoryOptions): (context: McpRequestContext) => Promise<McpServer> {
  return async (context) => {
    const ask = askFor(context);
    const askRules = async () => {
      const { status, body } = await ask({ method: 'GET', path: '/xmtp/prompt' });
      return {
        mayRead: status !== 401 && status !== 403,
        prompt: promptSchema.pick({ prompt: true }).safeParse(body).data?.prompt ?? null,
      };
    };
    const rules = await askRules();
    const instructions = [rules.prompt, use].filter((text) => text !== null).join('\n\n');
    // When mail comes is for those who may read it.
    const news = rules.mayRead ? newsFor(context) : null;
    const server = new McpServer(
      { name: 'xmtp-messaging', title: 'XMTP mailbox', version },
      {
        instructions,
        capabilities: {
          tools: { listChanged: false },
          prompts: { listChanged: false },
          resources: { subscribe: news !== null, listChanged: false },
        },
      },
    );
    addSendTools(server, ask);
    addReadTools(server, ask);
    addConversationTools(server, ask);
    addLookupTools(server, ask);
    addAttachmentTool(server, ask);
    addInboxResource(server, ask);
    addConversationResource(server, ask);
    if (news !== null && context.era === 'legacy') addSubscriptions(server, news);
    // Over HTTP each listener has a stream of its own.
    if (news !== null && context.era === 'modern' && context.requestInfo === undefined) tellAll(server, news);
    server.registerPrompt(
      'boundary_rules',
      {
        title: 'Rules of the boundary',
        description: 'How to read what strangers wrote. Put it into the system prompt.',
      },
      async () => ({
        messages: [
          {
            role: 'user',
            content: { type: 'text', text: (await askRules()).prompt ?? 'The mailbox is not open yet.' },
          },
        ],
      }),
    );
    return server;
  };
}
