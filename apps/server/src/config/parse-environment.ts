import { join } from 'node:path';
import { configError, ServerError } from '../errors.ts';
import { checkConfig } from './check-config.ts';
import { readSecretFile } from './read-secret-file.ts';
import { findUnknown, readVariables, type UnknownVariable } from './read-variables.ts';
import type { DeliveryTarget, ServerConfig } from './types.ts';
import { type UploadSecret, uploadOptions } from './upload-options.ts';
import { variableFacts } from './variable-facts.ts';
import { type Environment, environmentSchema } from './variables.ts';

/** What came of the environment. */
export interface ParsedEnvironment {
  config: ServerConfig;
  /** Variables that are set and that no server reads, but look as if they were meant for it. */
  unknown: UnknownVariable[];
}

/**
 * Turns environment variables into a config. Every bad value is one line of the error, and none of them repeats
 * a secret.
 * @throws ServerError WALLET_UNSET, CONFIG_INVALID
 */
export function parseEnvironment(env: Readonly<Record<string, string | undefined>>): ParsedEnvironment {
  const variables = readVariables(env);
  if (variables.OWS_WALLET === undefined) {
    throw new ServerError({
      code: 'WALLET_UNSET',
    });
  }
  const config = toConfig(variables, variables.OWS_WALLET, env);
  return { config, unknown: findUnknown(Object.keys(env)) };
}

type SecretName =
  | 'OWS_PASSPHRASE'
  | 'XMTP_API_TOKEN'
  | 'XMTP_OPERATOR_TOKEN'
  | 'XMTP_WEBHOOK_SECRET'
  | 'XMTP_KNOCK_WEBHOOK_SECRET'
  | UploadSecret;

/** How the registry of xid.eth is read without id-cli, when the operator wants that. */
function xidOf(variables: Environment, problems: string[]): NonNullable<ServerConfig['names']>['xid'] {
  const { XID_RPC_URL: rpcUrl, XID_REGISTRY: registry } = variables;
  const rpcUrls = { eth: variables.XID_RPC_URL_ETH, op: variables.XID_RPC_URL_OP, arb: variables.XID_RPC_URL_ARB };
  if (rpcUrl !== undefined) return { rpcUrl, rpcUrls, registry: registry as `0x${string}` | undefined };
  const idle = registry !== undefined || Object.values(rpcUrls).some((url) => url !== undefined);
  if (idle) problems.push('XID_RPC_URL is not set, expected the URL of a Base node beside the other XID settings.');
  return undefined;
}

function toConfig(
  variables: Environment,
  walletName: string,
  env: Readonly<Record<string, string | undefined>>,
): ServerConfig {
  const problems: string[] = [];
  const secret = (name: SecretName) => {
    const file = variables[`${name}_FILE`];
    if (file === undefined) return variables[name];
    if (variables[name] !== undefined) {
      problems.push(`${name} and ${name}_FILE are both set, expected one of them.`);
      return undefined;
    }
    const read = readSecretFile(file, { allowShared: variables.XMTP_SHARED_SECRET_FILES });
    if (!read.ok) {
      problems.push(`${name}_FILE ${read.problem}`);
      return undefined;
    }
    const parsed = environmentSchema.shape[name].safeParse(read.secret);
    if (parsed.success) return parsed.data;
    problems.push(
      `The file of ${name}_FILE holds a text of ${read.secret.length} characters, expected ${variableFacts[name].expected}.`,
    );
    return undefined;
  };
  const credential = secret('OWS_PASSPHRASE') as string | undefined;
  const fileOf = (path: string | undefined) =>
    path === undefined ? undefined : { path, allowShared: variables.XMTP_SHARED_SECRET_FILES };
  const credentialFile = fileOf(variables.OWS_PASSPHRASE_FILE);
  const token = secret('XMTP_API_TOKEN') as string | undefined;
  const operatorToken = secret('XMTP_OPERATOR_TOKEN') as string | undefined;
  const webhookSecrets = secret('XMTP_WEBHOOK_SECRET') as string[] | undefined;
  const knockSecrets = secret('XMTP_KNOCK_WEBHOOK_SECRET') as string[] | undefined;
  const home = variables.HOME;
  if (home === undefined) problems.push('HOME is not set, expected an absolute path.');
  const target = deliveryTarget(variables, webhookSecrets, problems, env);
  const config: ServerConfig = {
    wallet: {
      name: walletName,
      home: home ?? '/',
      credential,
      ...(credentialFile === undefined ? {} : { credentialFile }),
      command: variables.OWS_COMMAND,
    },
    homeRoot: variables.XMTP_HOME ?? join(home ?? '/', '.xmtp'),
    network: { env: variables.XMTP_ENV, apiUrl: variables.XMTP_API_URL, gatewayHost: variables.XMTP_GATEWAY_HOST },
    http: {
      host: variables.HOST,
      port: variables.PORT ?? variables.ID_AGENT_PORT ?? 4101,
      token,
      agent: variables.XMTP_AGENT,
      basePath: variables.XMTP_BASE_PATH,
      tokenFile: fileOf(variables.XMTP_API_TOKEN_FILE),
      operatorToken,
      operatorTokenFile: fileOf(variables.XMTP_OPERATOR_TOKEN_FILE),
      allowedHosts: variables.XMTP_ALLOWED_HOSTS ?? [],
      requestsPerMinute: variables.XMTP_REQUESTS_PER_MINUTE,
      sendsPerMinute: variables.XMTP_SENDS_PER_MINUTE,
      freeAuthFailures: variables.XMTP_AUTH_FAILURES,
      metrics: variables.XMTP_METRICS,
    },
    mode: variables.XMTP_OPEN_MODE ? 'open' : 'closed',
    openLimits: { sender: variables.XMTP_OPEN_SENDER_LIMIT, total: variables.XMTP_OPEN_TOTAL_LIMIT },
    groups: variables.XMTP_GROUPS,
    knocks: variables.XMTP_KNOCKS,
    droppedTextMs: variables.XMTP_DROPPED_DAYS * 86_400_000,
    journalMs: daysOrAlways(variables.XMTP_JOURNAL_DAYS),
    journalBytes: variables.XMTP_JOURNAL_BYTES,
    messagesMs: daysOrAlways(variables.XMTP_MESSAGES_DAYS),
    strangerBytesPerDay: variables.XMTP_STRANGER_BYTES,
    boundaryMode: variables.XMTP_BOUNDARY_MODE,
    modelTokens: variables.XMTP_MODEL_TOKENS ?? [],
    shownText: { maxBytes: variables.XMTP_SHOWN_BYTES, maxLines: variables.XMTP_SHOWN_LINES },
    hears: variables.XMTP_HEARS,
    wakes: variables.XMTP_WAKES,
    names: {
      hostsFile: variables.XMTP_HOSTS_FILE,
      idCliCommand: variables.ID_CLI_COMMAND,
      idCliSearchPath: variables.PATH,
      idCliEnvironment: presentOf({ RPC_URL: variables.RPC_URL, RPC_URL_BASE: variables.RPC_URL_BASE }),
      xid: xidOf(variables, problems),
      web3BioUrl: variables.WEB3_BIO_URL,
      web3BioApiKey: variables.WEB3_BIO_API_KEY,
      ethRpcUrl: variables.ETH_RPC_URL,
    },
    delivery: {
      target,
      allowPrivate: variables.XMTP_DELIVERY_PRIVATE,
      timeoutMs: variables.XMTP_DELIVERY_TIMEOUT,
      answerTimeoutMs: variables.XMTP_ANSWER_TIMEOUT,
      maxAttempts: variables.XMTP_DELIVERY_ATTEMPTS,
      concurrency: variables.XMTP_DELIVERY_CONCURRENCY,
      retryBaseMs: variables.XMTP_DELIVERY_RETRY_BASE,
      repliesPerWindow: variables.XMTP_REPLY_LIMIT,
      answersInMixedGroups: variables.XMTP_MIXED_GROUP_ANSWERS,
      scrubReplies: variables.XMTP_SCRUB_REPLIES,
    },
    attachments: {
      fetch: variables.XMTP_ATTACHMENTS,
      maxBytes: variables.XMTP_ATTACHMENT_MAX,
      timeoutMs: variables.XMTP_ATTACHMENT_TIMEOUT,
      allowPrivate: variables.XMTP_ATTACHMENT_PRIVATE,
    },
    knockWebhook: knockWebhook(variables, knockSecrets, problems),
    signalFile: variables.XMTP_SIGNAL_FILE,
    uploads: uploadOptions(variables, secret, problems),
    historicalAfterMs: variables.XMTP_HISTORICAL_AFTER,
    bell: variables.XMTP_BELL,
    allowManyInstallations: variables.XMTP_MANY_INSTALLATIONS,
    shutdownTimeoutMs: variables.XMTP_SHUTDOWN_TIMEOUT,
    logLevel: variables.XMTP_LOG_LEVEL,
  };
  // A token that could not be read is already reported; do not report its absence as well.
  problems.push(...checkConfig(token === undefined && problems.length > 0 ? { ...config, http: {} } : config));
  if (problems.length > 0) throw configError(problems);
  return config;
}

function presentOf(variables: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

function deliveryTarget(
  variables: Environment,
  secrets: readonly string[] | undefined,
  problems: string[],
  env: Readonly<Record<string, string | undefined>>,
): DeliveryTarget | undefined {
  const { XMTP_WEBHOOK_URL: webhookUrl, XMTP_AGENT_URL: agentUrl, XMTP_EXEC: command } = variables;
  const ways = Object.entries({ XMTP_WEBHOOK_URL: webhookUrl, XMTP_AGENT_URL: agentUrl, XMTP_EXEC: command });
  const set = ways.filter(([, value]) => value !== undefined).map(([name]) => name);
  if (set.length > 1) {
    problems.push(`${set.join(' and ')} are ${set.length === 2 ? 'both' : 'all'} set, expected one of them.`);
    return undefined;
  }
  if (agentUrl !== undefined) return { kind: 'rest-ap', url: agentUrl };
  if (command !== undefined) return { kind: 'exec', command, ...programPlace(variables, env) };
  if (webhookUrl === undefined) {
    if (secrets !== undefined)
      problems.push('XMTP_WEBHOOK_SECRET is set without XMTP_WEBHOOK_URL, expected both or none.');
    return undefined;
  }
  if (secrets === undefined && variables.XMTP_WEBHOOK_SECRET_FILE === undefined) {
    problems.push(
      'XMTP_WEBHOOK_URL is set without XMTP_WEBHOOK_SECRET, expected both: unsigned webhooks could be forged.',
    );
  }
  return { kind: 'webhook', url: webhookUrl, secrets: secrets ?? [] };
}

function knockWebhook(
  { XMTP_KNOCK_WEBHOOK_URL: url, XMTP_KNOCK_WEBHOOK_SECRET_FILE: file }: Environment,
  secrets: readonly string[] | undefined,
  problems: string[],
): ServerConfig['knockWebhook'] {
  const isGiven = secrets !== undefined || file !== undefined;
  if (url === undefined && !isGiven) return undefined;
  if (url === undefined || !isGiven) {
    const [one, other] = url === undefined ? ['SECRET', 'URL'] : ['URL', 'SECRET'];
    problems.push(`XMTP_KNOCK_WEBHOOK_${one} is set without XMTP_KNOCK_WEBHOOK_${other}, expected both or none.`);
    return undefined;
  }
  return { url, secrets: secrets ?? [] };
}

/** The program gets what it is given by name, so that none of our secrets is among it. */
function programPlace(variables: Environment, env: Readonly<Record<string, string | undefined>>) {
  const { HOME, PATH, XMTP_EXEC_ENV: names = [] } = variables;
  const named = Object.fromEntries(names.map((name) => [name, env[name]]));
  return { env: presentOf({ HOME, PATH, ...named }), cwd: HOME ?? '/' };
}

/** Milliseconds; `null` for as long as the home lasts, which 0 days stand for. */
const daysOrAlways = (days: number): number | null => (days === 0 ? null : days * 86_400_000);
