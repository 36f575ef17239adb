#!/usr/bin/env node
// The executable of an OWS policy: reads the request on standard input, prints the verdict. Any failure denies.
import { text } from 'node:stream/consumers';
import { decidePolicy } from './decide-policy.ts';

process.stdout.write(`${JSON.stringify(decidePolicy(JSON.parse(await text(process.stdin))))}\n`);
