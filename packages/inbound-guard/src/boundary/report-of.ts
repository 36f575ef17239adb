import { findInText, type GuardFinding } from '../findings/find-in-text.ts';
import { decodePayloads, type HiddenPayload } from '../findings/decode-payloads.ts';
import type { HiddenClass } from '../text/candidates.ts';
import type { RenderedBody } from '../text/render-body.ts';
import type { InboundText } from './headers.ts';

/** What was done to a message and found in it, for the operator. Never for a prompt. */
export interface GuardReport {
  /** Characters taken out, all classes and surplus combining marks together. */
  hiddenRemoved: number;
  /** The same by class. */
  removed: Partial<Record<HiddenClass, number>>;
  /** Combining marks beyond the eighth on one base. */
  marksDropped: number;
  /** Characters shown as `[U+XXXX]`. */
  escaped: number;
  /** Backslashes added. */
  stuffed: number;
  /** Blank lines that became a placeholder. */
  blankLines: number;
  /** Whether the body leaves something out. */
  truncated: boolean;
  /** What the guard noticed, by kind. None is proof of anything. */
  findings: readonly GuardFinding[];
  /** What the characters taken out carried. A stranger's text: escape it before it is printed. */
  payloads: readonly HiddenPayload[];
}

const aheadMs = 5 * 60_000;
const staleMs = 24 * 3_600_000;

/** The report on one message. */
export function reportOf(message: InboundText, body: RenderedBody, gutter: string): GuardReport {
  const payloads = decodePayloads(body.removedText);
  const findings = findInText(body.text, gutter);
  if (body.stuffed > 0) findings.push('chat-token');
  if (payloads.length > 0) findings.push('hidden-payload');
  const ageMs = message.receivedAt - message.sentAt;
  if (ageMs < -aheadMs) findings.push('sent-in-future');
  if (ageMs > staleMs) findings.push('sent-long-ago');
  let hiddenRemoved = body.marksDropped;
  for (const count of Object.values(body.removed)) hiddenRemoved += count;
  return {
    hiddenRemoved,
    removed: body.removed,
    marksDropped: body.marksDropped,
    escaped: body.escaped,
    stuffed: body.stuffed,
    blankLines: body.blankLines,
    truncated: body.truncated,
    findings,
    payloads,
  };
}
