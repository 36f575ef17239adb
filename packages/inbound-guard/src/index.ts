// The public surface of @xmtp-messaging/inbound-guard. Pure: no I/O, no Node, no knowledge of XMTP's SDK.
import '@xmtp-messaging/errors/runtime';
// Admission: who is heard, and how much.
export type { RateLimit } from '@xmtp-messaging/errors';
export { type Admission, type AdmissionOptions, createAdmission } from './admission/create-admission.ts';
export { admissionLimits, type AdmissionLimits } from './admission/admission-limits.ts';
export type { GroupsMode } from './admission/standing-of.ts';
export type { AdmissionEnvelope, AdmissionVerdict, RefusalReason } from './admission/verdict.ts';

// Boundary: how a message is shown to a model.
export {
  type Boundary,
  type BoundaryOptions,
  createBoundary,
  type Taint,
  type WrappedMessage,
} from './boundary/create-boundary.ts';
export type { BoundaryHeaders, InboundText } from './boundary/headers.ts';
export type { RandomBytes } from './boundary/identifiers.ts';
export type { BoundaryMode } from './boundary/layout.ts';
export type { SenderName } from './boundary/name-label.ts';
export type { ParsedMessage } from './boundary/parsed-message.ts';
export { parseBoundary } from './boundary/parse-boundary.ts';
export type { GuardReport } from './boundary/report-of.ts';
export { renderSystemPrompt, type SystemPromptOptions } from './boundary/render-system-prompt.ts';

// What an operator may learn of a message.
export type { GuardFinding } from './findings/find-in-text.ts';
export type { HiddenPayload } from './findings/decode-payloads.ts';

// The rules for text alone, for other places where a stranger's words are shown.
export type { HiddenClass } from './text/candidates.ts';
export { renderBody, type RenderedBody, type RenderOptions, textLimits } from './text/render-body.ts';
export { renderLine } from './text/render-line.ts';
export { unstuff } from './text/stuffing.ts';
export type { TextLimits } from './text/truncate.ts';

// Outbound: what an agent should not send.
export { type Scrubbed, type ScrubFinding, scrubOutbound, type ScrubOptions } from './outbound/scrub-outbound.ts';

export { GuardError, type GuardErrorCode, guardErrorTexts } from './errors.ts';
