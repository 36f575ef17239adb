import { printable } from '@xmtp-messaging/errors';
import type { CheckPlace, CheckResult } from './types.ts';

/** What can be put into an issue as it is: no key, no token, and of addresses only those that were thrown away. */
export function formatReport(
  place: CheckPlace,
  results: readonly CheckResult[],
  facts: Record<string, string>,
): string {
  const cell = (text: string) => printable(text).replaceAll('|', String.raw`\|`);
  return [
    `Check of \`${place.network.env}\` at ${printable(place.url)}: ${Object.entries(facts)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')}`,
    '',
    '| Step | Result | Time | What was found |',
    '| --- | --- | --- | --- |',
    ...results.map(({ check, level, ms, message }) => `| ${check} | ${level} | ${ms} ms | ${cell(message)} |`),
  ].join('\n');
}
