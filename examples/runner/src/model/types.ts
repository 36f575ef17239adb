import type { Step, Turn } from './obey.ts';

/** How a provider's API writes a conversation and an answer. */
export interface WireFormat {
  /** What stands last in the conversation of a request. */
  readTurn(body: Record<string, unknown>): Turn;
  /** `id` is new in each answer. @returns JSON, or the text of a stream of events */
  writeAnswer(step: Step, id: string, body: Record<string, unknown>): object | string;
}
