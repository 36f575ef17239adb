// The public surface of @xmtp-messaging/errors.
export { BaseError, type BaseErrorOptions } from './base-error.ts';
export { backoffMs, type BackoffOptions } from './backoff-ms.ts';
export { causesOf, type NamedCause } from './causes-of.ts';
export { createElapsedClock, createSteadyClock, wallClock } from './clock.ts';
export { createGcra, type Gcra, type RateLimit } from './create-gcra.ts';
export { createSeededRandom } from './create-seeded-random.ts';
export { type DecodedText, decodeText, indentingTab, tabMessage } from './decode-text.ts';
export { endAll } from './end-all.ts';
export { type ErrorText, type ErrorTexts, fillIn, type KnownErrorOptions } from './fill-in.ts';
export { atOnce, chunksOf, inPieces, type Pieces } from './in-pieces.ts';
export { isBaseError } from './is-base-error.ts';
export { nearMiss } from './near-miss.ts';
export { parseJson } from './parse-json.ts';
export { parseRetryAfter, type RetryAfterOptions } from './parse-retry-after.ts';
export { hasUnseen, printable, printableJson, quoteInput, type QuoteInputOptions } from './quote-input.ts';
export { timerMs } from './timer-ms.ts';
export { type Optional, withDefaults } from './with-defaults.ts';
