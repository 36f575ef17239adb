import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { defaultMaxUpload, startAgent, type UploadOptions } from '@xmtp-messaging/agent';
import type { Admit } from '@xmtp-messaging/xmtp-core';
import { createTestMailbox, type TestMailbox } from '@xmtp-messaging/xmtp-core/testing';
import type { PushStatus } from '../src/delivery/types.ts';
import { openCallers } from '../src/callers/open-callers.ts';
import { createApp } from '../src/http/create-app.ts';
import { httpHints } from '../src/http/http-hints.ts';
import { createLogger } from '../src/log/create-logger.ts';
import { keepProblems } from '../src/log/keep-problems.ts';
import { createMetrics } from '../src/metrics/create-metrics.ts';
import { checkAnswer } from './check-answer.ts';
import { readGauges } from '../src/metrics/read-gauges.ts';
import { findWarnings } from '../src/routes/find-warnings.ts';
import type { DiskSpace } from '../src/routes/free-space.ts';
import { openPaths } from '../src/routes/add-operation-routes.ts';
import type { Services } from '../src/routes/services.ts';
import { writeFile } from 'node:fs/promises';
import { onTestFinished } from 'vitest';

/** What a test may choose. */
export interface MemoryAppOptions {
  /** Of the operator's token. @default `operatorToken` */
  operatorTokenFile?: string;
  /** Lines as of XMTP_API_TOKEN. */
  token?: string;
  /** The same in a file. */
  tokenFile?: string;
  lookAtCallersMs?: number;
  allowedHosts?: string[];
  sendsPerMinute?: number;
  agentId?: string;
  requestsPerMinute?: number;
  freeAuthFailures?: number;
  disk?: DiskSpace;
  weakToken?: boolean;
  passphraseEmpty?: boolean;
  unknownVariables?: Services['settings']['unknownVariables'];
  metrics?: 'guarded' | 'any-host' | 'open';
  mode?: 'closed' | 'open';
  /** Hosts file. @default bob.eth */
  hosts?: string;
  /** Where web3.bio is. @default nowhere */
  web3BioUrl?: string;
  /** Fails to open the mailbox with this. */
  openError?: Error;
  delivery?: PushStatus;
  now?: () => number;
  repliesPerWindow?: number;
  secrets?: string[];
  /** Decides on what comes in. @default everybody is heard */
  admit?: Admit;
  /** Who may be heard at all: a conversation without one of them is denied. @default everybody */
  isAllowed?: (address: string) => boolean;
  /** Whom the operator knows. @default nobody */
  isExpected?: (address: string) => boolean;
  scrubReplies?: boolean;
  modelTokens?: string[];
  uploads?: UploadOptions;
}

/** The real HTTP surface, lists, boundary and resolver over a mailbox in memory. */
export interface MemoryApp {
  mailbox: TestMailbox;
  /** What was logged, one object a line. */
  log: () => string;
  home: string;
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** The same, as the operator. */
  operator: MemoryApp['request'];
  hostsFile: string;
  /** Looks now whether listed names have moved. */
  driftCheck(): Promise<unknown>;
  /** For a real socket. */
  fetch: (request: Request) => Response | Promise<Response>;
  close(): Promise<void>;
}

/** Of the operator. */
export const operatorToken = 'w8Vn2-kept-by-one-alone-Qz71';

/** Whose app it is, and who writes when a message does not say so. */
export const self = '0x00000000000000000000000000000000000000aa';
export const alice = '0x5290000000000000000000000000000000009ee7';
export const bob = '0x0000000000000000000000000000000000000B0b';

/** A mailbox in memory needs no signature. */
const never = {
  type: 'EOA' as const,
  getIdentifier: () => ({ identifier: self, identifierKind: 0 }),
  signMessage: () => Promise.reject(new Error('nothing to sign')),
};

export async function createMemoryApp(options: MemoryAppOptions = {}): Promise<MemoryApp> {
  const { now = Date.now } = options;
  const folder = await temporaryDirectory();
  const hostsFile = join(folder, 'hosts.yaml');
  await writeFile(hostsFile, options.hosts ?? `bob.eth: "${bob.toLowerCase()}"\n`);
  let log = '';
  const { logger, problems } = keepProblems(
    createLogger({ level: 'trace', destination: { write: (line) => void (log += line) } }),
    now,
  );
  const mailbox = await createTestMailbox({
    address: self,
    sender: alice,
    now,
    admit: options.admit,
    isAllowed: options.isAllowed,
    isExpected: options.isExpected,
  });
  onTestFinished(() => mailbox.close({ timeoutMs: 0 }));
  const metrics = createMetrics(
    () => readGauges(mailbox.status(), 0, now()),
    () => findWarnings(services).map(({ code }) => code),
  );
  const runtime = startAgent({
    wallet: 'agent',
    signer: { ...never, address: self },
    network: { env: 'local' },
    homeRoot: folder,
    names: {
      hostsFile,
      idCliCommand: ['/nonexistent/id-cli'],
      web3BioUrl: options.web3BioUrl ?? 'http://127.0.0.1:9',
      web3BioApiKey: 'key',
    },
    secrets: options.secrets,
    scrubReplies: options.scrubReplies,
    modelTokens: options.modelTokens,
    uploads: options.uploads,
    attachments: { allowPrivate: true },
    repliesPerWindow: options.repliesPerWindow,
    hints: httpHints,
    openMailbox: () => (options.openError === undefined ? Promise.resolve(mailbox) : Promise.reject(options.openError)),
    logger,
    metrics,
    now,
    random: () => 0.5,
  });
  const { resolver, loopGuard, attachments } = runtime;
  let sawProxy = false;
  const { mode = 'closed', allowedHosts = [], token, sendsPerMinute = 600_000 } = options;
  const services: Services = {
    runtime,
    resolver,
    attachments,
    metrics,
    loopGuard,
    maxFileBytes: options.uploads === undefined ? null : (options.uploads.maxBytes ?? defaultMaxUpload),
    delivery: () => options.delivery ?? null,
    retryDelivery: () => null,
    disk: () => options.disk ?? { free: 10 ** 10, total: 10 ** 11 },
    problems,
    name: options.agentId ?? 'agent',
    settings: {
      proxyWithoutToken: () => sawProxy,
      weakToken: options.weakToken ?? false,
      passphraseEmpty: () => options.passphraseEmpty ?? false,
      unknownVariables: options.unknownVariables ?? [],
    },
    env: 'local',
    mode,
    groups: 'listed-senders',
    boundaryMode: 'delimit',
    version: '0.0.0',
    startedAt: now(),
    now,
  };
  const tokenFile = options.tokenFile === undefined ? undefined : { path: options.tokenFile };
  const { callers, sessions } = openCallers({
    http:
      options.operatorTokenFile === undefined
        ? { token, tokenFile, operatorToken }
        : { token, tokenFile, operatorTokenFile: { path: options.operatorTokenFile } },
    isPublic: false,
    home: () => runtime.home()?.path ?? null,
    audit: (record) => runtime.home()?.audit.record(record),
    logger,
    now,
  });
  const app = createApp({
    services,
    door: {
      allowedHosts,
      agent: { id: options.agentId, address: () => runtime.home()?.address ?? null },
      callers,
      requestsPerMinute: options.requestsPerMinute,
      sendsPerMinute,
      freeAuthFailures: options.freeAuthFailures,
      metrics: options.metrics,
      open: openPaths,
      closing: () => runtime.closing.aborted,
      lookAtCallersMs: options.lookAtCallersMs,
      onProxy: () => {
        sawProxy = true;
      },
      now,
    },
    logger,
    sessions,
  });
  const close = () => runtime.close({ timeoutMs: 100 });
  onTestFinished(close);
  await runtime.ready().catch(() => {});
  const request: MemoryApp['request'] = async (method, path, body, headers = {}) => {
    const response = await app.request(path, {
      method,
      headers: {
        host: 'localhost:4101',
        ...(method === 'GET' || method === 'HEAD' || method === 'DELETE' ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : {
            body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
          }),
    });
    const type = response.headers.get('content-type');
    // A stream has no end to wait for.
    const text = type?.startsWith('text/event-stream') === true ? null : await response.clone().text();
    checkAnswer({ method, path, status: response.status, type, text });
    return response;
  };
  return {
    mailbox,
    log: () => log,
    home: join(folder, self),
    hostsFile,
    driftCheck: () => runtime.requireHome().drift.check(),
    fetch: app.fetch,
    close,
    request,
    operator: (method, path, body, headers) =>
      request(method, path, body, { authorization: `Bearer ${operatorToken}`, ...headers }),
  };
}
