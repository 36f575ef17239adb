import type { HiddenClass } from '../text/candidates.ts';
import type { RenderedBody } from '../text/render-body.ts';
import type { InboundText } from './headers.ts';

/** Something an operator may want to know of a message. None of it changes what the model reads. */
export type GuardFinding = 'sent-in-future' | 'sent-long-ago';

/** What was done to a message, for the operator's log. Never for a prompt. */
export interface GuardReport {
  /** Characters taken out, all classes and surplus combining marks together. */
  hiddenRemoved: number;
  /** The same by class. */
  removed: Partial<Record<HiddenClass, number>>;
  /** Combining marks beyond the eighth on one base. */
  marksDropped: number;
  /** Characters shown as `[U+XXXX]`. */
  escaped: number;
  /** Blank lines that became a placeholder. */
  blankLines: number;
  truncated: boolean;
  findings: readonly GuardFinding[];
}

const AHEAD_MS = 5 * 60_000;
const STALE_MS = 24 * 3_600_000;

export function reportOf(
  message: InboundText,
  body: RenderedBody,
  _markers: { id: string; gutter: string },
): GuardReport {
  const findings: GuardFinding[] = [];
  const ageMs = message.receivedAt - message.sentAt;
  if (ageMs < -AHEAD_MS) findings.push('sent-in-future');
  if (ageMs > STALE_MS) findings.push('sent-long-ago');
  let hiddenRemoved = body.marksDropped;
  for (const count of Object.values(body.removed)) hiddenRemoved += count;
  return {
    hiddenRemoved,
    removed: body.removed,
    marksDropped: body.marksDropped,
    escaped: body.escaped,
    blankLines: body.blankLines,
    truncated: body.truncated,
    findings,
  };
}
