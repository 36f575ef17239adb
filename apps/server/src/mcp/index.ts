// The tools of a mailbox, for programs that serve them in a way of their own.
export { createMcpFactory, type McpFactoryOptions } from './create-mcp-factory.ts';
export { createMailNews, type MailNewsOptions } from './create-mail-news.ts';
export { lookByAsking } from './look-by-asking.ts';
export { readMailboxAnswer } from './read-mailbox-answer.ts';
export type { AskMailbox, MailboxAnswer, MailboxCall, MailNews } from './types.ts';
