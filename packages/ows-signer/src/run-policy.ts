import { text } from 'node:stream/consumers';
import { packageVersion } from '@xmtp-messaging/errors/process';
import { decidePolicy } from './decide-policy.ts';

const usage = `Usage: xmtp-ows-policy < request.json

Executable policy for an OWS API token: allows the signature requests of XMTP, denies everything else.
OWS runs it; register it with "ows policy create".

  --version   print the version
`;

/** What the policy prints: the verdict on the request of standard input, or what a person asks it. Any failure rejects, and denies so. */
export async function runPolicy({
  argv,
  stdin,
}: {
  argv: readonly string[];
  stdin: AsyncIterable<string | Buffer>;
}): Promise<string> {
  if (argv.includes('--help')) return usage;
  if (argv.includes('--version')) return `${packageVersion(import.meta.url)}\n`;
  return `${JSON.stringify(decidePolicy(JSON.parse(await text(stdin))))}\n`;
}
