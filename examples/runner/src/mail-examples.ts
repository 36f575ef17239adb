import type { Served } from './set-stage.ts';

/** An example with a tool that acts, and how it gets its mail. */
export interface MailExample {
  name: string;
  mail: Served | 'own';
}

/** Those that have the same mail take turns. */
export const mailExamples: readonly MailExample[] = [
  { name: 'webhook-node', mail: 'hook' },
  { name: 'webhook-python', mail: 'hook' },
  { name: 'ai-sdk', mail: 'pull' },
  { name: 'langchain', mail: 'pull' },
  { name: 'openai-agents', mail: 'pull' },
];
