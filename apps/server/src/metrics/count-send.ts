import { isBaseError } from '@xmtp-messaging/errors';
import type { Metrics } from './create-metrics.ts';

/** Counts a send that a caller asked for, whatever becomes of it. */
export async function countSend<T>(metrics: Pick<Metrics, 'send'>, send: () => Promise<T>): Promise<T> {
  try {
    const sent = await send();
    metrics.send('sent');
    return sent;
  } catch (error) {
    metrics.send(isBaseError(error) && error.code === 'OUTCOME_UNKNOWN' ? 'unknown' : 'refused');
    throw error;
  }
}
