import { type Optional, withDefaults } from '@xmtp-messaging/errors';
import { assertPositive } from '../errors.ts';
import { assertModelTokens } from '../text/model-tokens.ts';
import { renderBody, textLimits } from '../text/render-body.ts';
import type { TextLimits } from '../text/truncate.ts';
import { bodyLines } from './body-lines.ts';
import { headerLines, headersOf, type InboundText } from './headers.ts';
import {
  assertGutter,
  assertMark,
  freshId,
  markFor,
  randomGutter,
  type RandomBytes,
  secureRandomBytes,
} from './identifiers.ts';
import { jsonBlock } from './json-block.ts';
import { type BoundaryMode, layout } from './layout.ts';
import type { ParsedMessage } from './parsed-message.ts';
import { encodingLine, parseBoundary } from './parse-boundary.ts';
import { type GuardReport, reportOf } from './report-of.ts';
import { renderSystemPrompt } from './render-system-prompt.ts';

/** How to draw the boundary. */
export interface BoundaryOptions {
  /** @default 'delimit' */
  mode?: BoundaryMode | undefined;
  /**
   * Starts every line of a body: 4 to 16 lower-case letters and digits. It need not be secret.
   * Give a stable one to keep prompts cacheable across restarts. @default random
   */
  gutter?: string | undefined;
  /** The private-use character of `datamark`. @default derived from the gutter */
  mark?: string | undefined;
  /** The id of the block of a message: 16 to 64 hex digits, best of an HMAC. @default 64 random bits for each wrapping */
  idFor?: ((messageId: string) => string) | undefined;
  /** @default crypto.getRandomValues */
  randomBytes?: RandomBytes | undefined;
  /** Beyond which a body is cut; each that is absent is the one of `textLimits`. @default {} */
  limits?: Optional<TextLimits> | undefined;
  /**
   * Tokens of the model that will read, exactly as its tokenizer spells them, for a family whose shape the guard does
   * not know. A backslash parts each after its first character. @default []
   */
  modelTokens?: readonly string[] | undefined;
}

/** For tool gating: what was read, and that it may command nothing. */
export interface Taint {
  readonly source: 'xmtp';
  /** As in the headers. */
  readonly sender: 'allowlisted' | 'unknown' | 'self';
  readonly authority: 'none';
  /** The message that it came from. */
  readonly messageId: string;
}

/** A message ready to be read by a model. */
export interface WrappedMessage {
  /** The block, without a line end after it. Best placed in a tool result, alone. */
  text: string;
  /** Of the block, in its first and last line: 16 to 64 hexadecimal digits. */
  id: string;
  /** The body as the model reads it, without gutter, marks or base64. */
  canonical: string;
  /** For the operator. Never for a prompt: it holds decoded hidden text. */
  report: GuardReport;
  /** For tool gating. */
  taint: Taint;
}

/** Wraps messages, reads them back, and explains them to the model. */
export interface Boundary {
  /** As it was given. */
  readonly mode: BoundaryMode;
  /** What each line of a body begins with. */
  readonly gutter: string;
  /** The private-use character that `datamark` inserts. */
  readonly mark: string;
  /** The block of a message whose words are `text`. @throws GuardError INVALID_ID when `idFor` returns something else than hex. */
  wrap(message: InboundText & { text: string }): WrappedMessage;
  /** `null` for a message without text. */
  wrap(message: InboundText): WrappedMessage | null;
  /** `null` for anything that no boundary wrote to the letter. */
  parse(wrapped: string): ParsedMessage | null;
  /** The fragment for the system prompt, from the same constants. */
  systemPrompt(): string;
}

/** @throws GuardError INVALID_GUTTER, INVALID_MARK, INVALID_LIMIT, INVALID_TOKEN */
export function createBoundary(options: BoundaryOptions = {}): Boundary {
  const { mode = 'delimit', idFor, randomBytes = secureRandomBytes, modelTokens = [] } = options;
  const limits = withDefaults(textLimits, options.limits);
  const gutter = options.gutter ?? randomGutter(randomBytes);
  const mark = options.mark ?? markFor(gutter);
  assertGutter(gutter);
  assertMark(mark);
  assertPositive(limits);
  assertModelTokens(modelTokens);
  const prompt = renderSystemPrompt({ mode, gutter, mark });

  function wrap(message: InboundText & { text: string }): WrappedMessage;
  function wrap(message: InboundText): WrappedMessage | null;
  function wrap(message: InboundText): WrappedMessage | null {
    if (message.text === null) return null;
    const body = renderBody(message.text, { ...limits, modelTokens });
    const canonical = body.text;
    const id = freshId({ messageId: message.messageId, body: canonical, idFor, randomBytes });
    const report = reportOf(message, body, gutter);
    const headers = headersOf(message, { ...body, hiddenRemoved: report.hiddenRemoved });
    const text =
      mode === 'json'
        ? jsonBlock(id, headers, canonical)
        : [
            layout.begin(id),
            ...headerLines(headers),
            ...(encodingLine(mode, mark)?.split('\n') ?? []),
            layout.body,
            bodyLines(canonical, { mode, gutter, mark }),
            layout.end(id),
          ].join('\n');
    const taint = Object.freeze({
      source: 'xmtp' as const,
      sender: headers.sender,
      authority: 'none' as const,
      messageId: message.messageId,
    });
    return { text, id, canonical, report, taint };
  }

  return Object.freeze({
    mode,
    gutter,
    mark,
    wrap,
    parse: parseBoundary,
    systemPrompt: () => prompt,
  });
}
