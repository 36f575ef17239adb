/** What a side sends in all rounds of a benchmark. */
export interface Load {
  messages: number;
  callers: number;
  recipients: number;
}

/** Of the 4,900 calls that the mailbox makes in a minute; from then on it leaves space between them (decision 0110). */
const freeCalls = 2_450;
/** Making a conversation and its first message. */
const callsToBegin = 10;
/** A publication carries three messages and reads them back once. */
const together = 3;

/**
 * A benchmark measures how fast messages go, and not how calls are spaced: ours must stay below the half of a minute that it
 * uses as fast as it goes, as if all rounds were in one. The bare SDK is as fast up to 5,000 calls and then stands still.
 * @throws Error with what is too much
 */
export function refuseCrowdedMinute({ messages, callers, recipients }: Load): void {
  const callsEach = callers / recipients >= together ? (together + 1) / together : 2;
  const calls = Math.ceil(messages * callsEach) + recipients * callsToBegin;
  if (calls > freeCalls) throw new Error(`${messages} messages take ${calls} calls; ${freeCalls} are free in a minute`);
}
