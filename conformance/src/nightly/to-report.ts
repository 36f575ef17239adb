import type { Row } from '../run-table.ts';
import type { Difference } from './read-declarations.ts';
import type { SuiteResult } from './to-suite-result.ts';

export interface NightlyFacts {
  readonly version: string;
  readonly bindings: string;
  readonly current: string;
  readonly glibc: { readonly before: string | null; readonly after: string | null };
  readonly sdk: Difference;
  readonly native: Difference;
  readonly rows: readonly Row[];
  /** `null`: they were not run. */
  readonly suite: SuiteResult | null;
}

const list = (lines: readonly string[]) =>
  lines.length === 0 ? 'Nothing.' : lines.map((line) => `- ${line}`).join('\n');
const code = (text: string) => `\`${text}\``;

function toDifference({ gone, changed, added }: Difference): string {
  return list([
    ...gone.map((name) => `gone: ${code(name)}`),
    ...changed.map(({ name, before, after }) => `changed: ${code(name)}, was ${code(before)}, is ${code(after)}`),
    ...added.map((signature) => `new: ${code(signature)}`),
  ]);
}

function toFailures({ passed, failed }: SuiteResult): string {
  const summary = `Of the end-to-end tests of \`packages/xmtp-core\` and \`packages/agent\`, ${passed} pass and ${failed.length} fail.`;
  return `${summary}\n\n${list(failed.map(({ file, name, reason }) => `${file}: ${name}: ${reason}`))}`;
}

/** One page in Markdown. */
export function toReport(facts: NightlyFacts): string {
  const { version, bindings, current, glibc, sdk, native, rows, suite } = facts;
  const bad = rows.filter(({ result }) => result === 'fail');
  const passed = rows.filter(({ result }) => result === 'pass').length;
  return `# The next SDK

\`npm run nightly -- --write\` writes this page: what \`@xmtp/node-sdk\` ${version} (\`@xmtp/node-bindings\` ${bindings}) does here, beside ${current}, on which everything stands. Nothing waits for it.

## What breaks

Of the scenarios of \`npm run conformance\`, on V3 and on the decentralised network, ${passed} pass and ${bad.length} fail.

${list(bad.map(({ scenario, protocol, reason }) => `${scenario}, ${protocol}: ${reason}`))}

${suite === null ? 'The end-to-end tests were not run.' : toFailures(suite)}

## What is new

glibc: ${glibc.before ?? 'none'} and later before, ${glibc.after ?? 'none'} and later now.

In the SDK:

${toDifference(sdk)}

In the bindings:

${toDifference(native)}
`;
}
