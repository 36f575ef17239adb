import type { GuardFinding, GuardReport } from '@xmtp-messaging/inbound-guard';
import type { InboundMessage } from '@xmtp-messaging/xmtp-core';
import type { AgentLogger, AgentMetrics } from '../telemetry-types.ts';

/** Tells the operator what the guard found in a message, when it is shown to the agent for the first time. */
export type TellFindings = (message: InboundMessage, report: GuardReport) => void;

/** What ordinary messages hold every day; counted, and not worth a line of the log. */
const ordinary: ReadonlySet<GuardFinding> = new Set(['link', 'remote-image', 'encoded-run', 'sent-long-ago']);
/** Messages that were told of already; the oldest is forgotten first. */
const maxTold = 10_000;

/** Kinds and counts only: neither the words of a message nor what its hidden characters carried. */
export function createTellFindings({
  logger,
  metrics,
}: {
  logger: AgentLogger;
  metrics: Pick<AgentMetrics, 'finding'>;
}): TellFindings {
  const told = new Set<string>();
  return ({ messageId, conversationId, senderInboxId, sender, state }, report) => {
    if (report.findings.length === 0 || state !== 'pending' || told.has(messageId)) return;
    told.add(messageId);
    for (const oldest of told) {
      if (told.size <= maxTold) break;
      told.delete(oldest);
    }
    for (const finding of report.findings) metrics.finding(finding);
    if (report.findings.every((finding) => ordinary.has(finding))) return;
    const { findings, hiddenRemoved, escaped, stuffed } = report;
    const payloads = report.payloads.map(({ kind }) => kind);
    const facts = { messageId, conversationId, senderInboxId, sender, findings };
    logger.warn({ event: 'message-findings', ...facts, hiddenRemoved, escaped, stuffed, payloads });
  };
}
