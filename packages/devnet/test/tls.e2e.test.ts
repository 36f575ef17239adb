import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { patient, temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createDevnet } from '../src/index.ts';
import { commandLine } from './command.ts';

const child = fileURLToPath(new URL('tls/use-network.child.ts', import.meta.url));

test(
  'clients that trust the authority use every part of the network with TLS, and others none',
  { timeout: patient(180_000) },
  async () => {
    const network = await createDevnet({ protocol: 'both', tls: { folder: join(await temporaryDirectory(), 'tls') } });
    onTestFinished(() => network.close());
    const [program, ...args] = commandLine([]);
    const use = async (env: Record<string, string>) => {
      const { stdout } = await promisify(execFile)(program!, [...args.slice(0, -1), child, network.tlsUrl!], { env });
      return JSON.parse(stdout) as unknown;
    };
    // The binding for Node reads the one, Node itself the other.
    const trusting = { SSL_CERT_FILE: network.caFile!, NODE_EXTRA_CA_CERTS: network.caFile! };
    const [trusted, strange] = await Promise.all([use(trusting), use({})]);
    expect(network.tlsUrl).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/u);
    expect(trusted).toEqual({
      v3: ['over TLS'],
      gateway: ['over TLS'],
      streamed: true,
      browser: true,
      history: 'an archive',
    });
    expect(strange).toEqual({ v3: null, gateway: null, streamed: false, browser: false, history: null });
    expect(network.stats().calls).toMatchObject({ PublishClientEnvelopes: {}, SendGroupMessages: {}, GetNodes: {} });
  },
);
