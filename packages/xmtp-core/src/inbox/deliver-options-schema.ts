import { z } from 'zod';
import { atLeastNone, count, positive, signal } from '../util/check-options.ts';

/** The form of `DeliverOptions`. */
export const deliverOptionsSchema = z.looseObject({
  concurrency: count,
  maxAttempts: count,
  retryBaseMs: atLeastNone,
  timeoutMs: positive,
  signal,
});
