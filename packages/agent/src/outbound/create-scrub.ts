import { type Boundary, scrubOutbound, type ScrubOptions } from '@xmtp-messaging/inbound-guard';
import { createElapsedClock } from '@xmtp-messaging/errors';
import type { AgentLogger } from '../telemetry-types.ts';

/** Cleans what this agent is about to say, whatever road it takes. Told is what was taken out, never its value. */
export interface Scrub {
  (text: string): { text: string; scrubbed: string[] };
  /**
   * What stands in a text that may leave nowhere: secrets of this program and marks of the boundary, by kind. For parts of
   * content that cannot be changed without making something else of them.
   */
  find(text: string): string[];
}

/** What a scrub knows of this agent. */
export interface CreateScrubOptions {
  boundary: Pick<Boundary, 'gutter' | 'mark'>;
  /** Exact secrets of this program, asked for at most once a second: they may be exchanged while it runs. */
  secrets: () => readonly string[];
  modelTokens: readonly string[];
  /** `false` leaves only the exact secrets to be taken out. */
  isOn: boolean;
  logger: AgentLogger;
  /** @default the wall clock */
  now?: (() => number) | undefined;
}

const readEveryMs = 1_000;
/** What is longer cannot be sent in any case. */
const maxTextBytes = 1_000_000;
const exactOnly = { scaffolding: false, markers: false, secrets: false, providerErrors: false } as const;

/** What the guard makes of an array it makes once: another one with the same words would cost a message a millisecond each second. */
function unlessSame(before: readonly string[], now: readonly string[]): readonly string[] {
  return before.length === now.length && before.every((word, index) => word === now[index]) ? before : now;
}

export function createScrub(options: CreateScrubOptions): Scrub {
  const { boundary, secrets, modelTokens, isOn, logger } = options;
  const { gutter, mark } = boundary;
  const elapsed = createElapsedClock(options.now);
  let known: readonly string[] = [];
  let readAt = Number.NEGATIVE_INFINITY;
  const run = (text: string, parts: ScrubOptions) => {
    if (elapsed() - readAt >= readEveryMs) {
      known = unlessSame(known, secrets());
      readAt = elapsed();
    }
    const { text: clean, findings } = scrubOutbound(text, { gutter, mark, known, modelTokens, ...parts });
    const scrubbed = findings.map(({ kind, rule }) => `${kind}: ${rule}`);
    if (scrubbed.length > 0) logger.warn({ event: 'reply-scrubbed', found: scrubbed });
    return { text: clean, scrubbed };
  };
  const scrub = (text: string) =>
    Buffer.byteLength(text) > maxTextBytes ? { text, scrubbed: [] } : run(text, isOn ? {} : exactOnly);
  return Object.assign(scrub, { find: (text: string) => run(text, { ...exactOnly, markers: isOn }).scrubbed });
}
