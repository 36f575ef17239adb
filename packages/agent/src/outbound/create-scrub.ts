import { type Boundary, scrubOutbound } from '@xmtp-messaging/inbound-guard';
import type { AgentLogger } from '../types.ts';

/** Cleans what this agent is about to say, whatever road it takes. Told is what was taken out, never its value. */
export type Scrub = (text: string) => { text: string; scrubbed: string[] };

/** What a scrub knows of this agent. */
export interface CreateScrubOptions {
  boundary: Pick<Boundary, 'gutter' | 'mark'>;
  /** Exact secrets of this program, asked for at each scrub: they may be exchanged while it runs. */
  secrets: () => readonly string[];
  modelTokens: readonly string[];
  /** `false` leaves only the exact secrets to be taken out. */
  isOn: boolean;
  logger: AgentLogger;
}

/** What is longer cannot be sent in any case. */
const maxTextBytes = 1_000_000;

export function createScrub(options: CreateScrubOptions): Scrub {
  const { boundary, secrets, modelTokens, isOn, logger } = options;
  const { gutter, mark } = boundary;
  return (text) => {
    if (Buffer.byteLength(text) > maxTextBytes) return { text, scrubbed: [] };
    const parts = isOn ? {} : { scaffolding: false, markers: false, secrets: false, providerErrors: false };
    const { text: clean, findings } = scrubOutbound(text, { gutter, mark, known: secrets(), modelTokens, ...parts });
    const scrubbed = findings.map(({ kind, rule }) => `${kind}: ${rule}`);
    if (scrubbed.length > 0) logger.warn({ event: 'reply-scrubbed', found: scrubbed });
    return { text: clean, scrubbed };
  };
}
