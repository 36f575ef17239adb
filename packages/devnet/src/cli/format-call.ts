import { printable, printableJson } from '@xmtp-messaging/errors';
import type { CallLogEntry } from '../transport/create-dispatcher.ts';

/** One line per call: what, from whom, how it ended, how long it took, how much it carried. */
export function formatCall(entry: CallLogEntry, json: boolean): string {
  if (json) return printableJson({ event: 'call', ...entry });
  const { method, peer, appVersion, code, message, durationMs, requestBytes, responseBytes, responses } = entry;
  const client = appVersion === null ? peer : `${peer} ${appVersion}`;
  const events = responses > 1 ? ` ${responses} events` : '';
  const failure = message === null ? '' : `  ${message}`;
  return printable(
    `${method.padEnd(24)} ${code.padEnd(18)} ${durationMs.toFixed(1).padStart(9)} ms  ${requestBytes} B in  ${responseBytes} B out${events}  ${client}${failure}`,
  );
}
