// The tools of a mailbox, for programs that serve them in a way of their own.
export { createMcpFactory, type McpFactoryOptions } from './create-mcp-factory.ts';
export type { AskMailbox, MailboxAnswer, MailboxCall } from './types.ts';
