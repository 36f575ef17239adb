import type { Served } from './set-stage.ts';

/** An example with a tool that acts, and how it hears. */
export interface MailExample {
  name: string;
  /** An agent of the server, a mailbox of its own, or a form that anybody posts to. */
  mail: Served | 'own' | 'form';
  /** Whether its model reads mail by a tool. @default false */
  readsMail?: boolean;
}

/** Those that have the same mail take turns. */
export const mailExamples: readonly MailExample[] = [
  { name: 'webhook-node', mail: 'hook' },
  { name: 'webhook-python', mail: 'hook' },
  { name: 'embedded-agent', mail: 'own' },
  { name: 'ai-sdk', mail: 'pull' },
  { name: 'langchain', mail: 'pull' },
  { name: 'openai-agents', mail: 'pull' },
  { name: 'claude-agent-sdk', mail: 'pull' },
  { name: 'mcp-client', mail: 'pull', readsMail: true },
  { name: 'agent-sdk', mail: 'own' },
  { name: 'rest-ap', mail: 'rest-ap' },
  { name: 'guard-only', mail: 'form' },
];
