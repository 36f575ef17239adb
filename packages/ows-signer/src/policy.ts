#!/usr/bin/env node
// The executable of an OWS policy: reads the request on standard input, prints the verdict. Any failure denies.
import { text } from 'node:stream/consumers';
import { decidePolicy } from './decide-policy.ts';

const usage = `Usage: xmtp-ows-policy < request.json

Executable policy for an OWS API token: allows the signature requests of XMTP, denies everything else.
OWS runs it; register it with "ows policy create".
`;

process.stdout.write(
  process.argv.includes('--help') ? usage : `${JSON.stringify(decidePolicy(JSON.parse(await text(process.stdin))))}\n`,
);
