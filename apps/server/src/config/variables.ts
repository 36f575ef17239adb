import { messageKinds } from '@xmtp-messaging/agent';
import { parseJson } from '@xmtp-messaging/errors';
import { isIPv6 } from 'node:net';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { parseTokens } from '../callers/parse-tokens.ts';
import { parseHostName } from '../http/parse-host-name.ts';
import { logLevels } from '../log/create-logger.ts';

const text = () => z.string().min(1);
const flag = () => z.enum(['true', 'false']).transform((value) => value === 'true');
const onOff = () => z.enum(['on', 'off']).transform((value) => value === 'on');
const path = () => text().refine(isAbsolute);
const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/u)
    .transform(Number)
    .refine((value) => value >= min && value <= max);
const url = (...protocols: string[]) =>
  text().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol));
const webhookSecret = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/u;

const command = () =>
  text().transform((value, context): readonly [string, ...string[]] => {
    if (!value.trimStart().startsWith('[')) return [value];
    const parsed = z.tuple([text()], text()).safeParse(parseJson(value));
    if (parsed.success) return parsed.data;
    context.addIssue('not a command');
    return z.NEVER;
  });

const host = () =>
  text().refine((value) => parseHostName(value) !== null && !/[:\]]\d*$/u.test(isIPv6(value) ? '' : value));
/** As above, or as people copy it: with a port or a dot at the end. */
const allowedHost = () =>
  text()
    .refine((value) => parseHostName(value) !== null)
    .transform((value) => parseHostName(value) ?? value);
const list = () => text().transform((value) => value.split(/[\s,]+/u).filter((item) => item !== ''));

const tokens = () =>
  text().refine((value) => {
    const parsed = parseTokens(value);
    return parsed.problems.length === 0 && parsed.tokens.length > 0;
  });

/** Names of kinds of messages; `none` for an empty list. */
const kinds = () =>
  list()
    .transform((names) => (names.length === 1 && names[0] === 'none' ? [] : names))
    .pipe(z.array(z.enum(messageKinds)));

/** `5,2`: messages at once, and a minute after that. */
const openLimit = () =>
  z
    .string()
    .regex(/^[1-9]\d{0,5},[1-9]\d{0,5}$/u)
    .transform((value) => {
      const [burst = 0, perMinute = 0] = value.split(',').map(Number);
      return { burst, perMinute };
    });

/** A JSON array of strings, or words with spaces between them. */
const words = () =>
  text().transform((value): string[] => {
    const parsed = z.array(z.string()).safeParse(parseJson(value));
    return parsed.success ? parsed.data : value.split(/\s+/u).filter((item) => item !== '');
  });

const headers = () =>
  text()
    .transform((value) => parseJson(value))
    .pipe(z.record(z.string(), z.string()));

/** Every variable that the server reads, in the order of `--help`. An empty value counts as absent. */
export const environmentSchema = z.object({
  OWS_WALLET: text().optional(),
  OWS_PASSPHRASE: text().optional(),
  OWS_PASSPHRASE_FILE: path().optional(),
  OWS_COMMAND: command().optional(),
  HOME: path().optional(),
  XMTP_HOME: path().optional(),
  XMTP_ENV: z.enum(['local', 'dev', 'production']).default('production'),
  XMTP_API_URL: url('http:', 'https:').optional(),
  XMTP_GATEWAY_HOST: url('http:', 'https:').optional(),
  PORT: integer(0, 65_535).optional(),
  ID_AGENT_PORT: integer(0, 65_535).optional(),
  HOST: host().default('127.0.0.1'),
  XMTP_API_TOKEN: tokens().optional(),
  XMTP_API_TOKEN_FILE: path().optional(),
  XMTP_OPERATOR_TOKEN: tokens().optional(),
  XMTP_OPERATOR_TOKEN_FILE: path().optional(),
  XMTP_AGENT: z
    .string()
    .regex(/^[\w.-]{1,128}$/u)
    .optional(),
  XMTP_BASE_PATH: z
    .string()
    .regex(/^(?:\/(?!\.{1,2}(?:\/|$))[\w.-]{1,128}){1,8}$/u)
    .optional(),
  XMTP_AGENTS_FILE: path().optional(),
  XMTP_ALLOWED_HOSTS: list().pipe(z.array(allowedHost())).optional(),
  XMTP_METRICS: z.enum(['guarded', 'any-host', 'open']).default('guarded'),
  XMTP_SHARED_SECRET_FILES: flag().default(false),
  XMTP_REQUESTS_PER_MINUTE: integer(6, 10_000_000).default(12_000),
  XMTP_AUTH_FAILURES: integer(1, 1_000_000).default(20),
  XMTP_SENDS_PER_MINUTE: integer(1, 1_000_000).default(600),
  XMTP_OPEN_MODE: flag().default(false),
  XMTP_OPEN_SENDER_LIMIT: openLimit().optional(),
  XMTP_OPEN_TOTAL_LIMIT: openLimit().optional(),
  XMTP_GROUPS: z.enum(['listed-senders', 'listed-groups', 'off']).default('listed-senders'),
  XMTP_KNOCKS: z.enum(['dropped', 'shown']).default('dropped'),
  XMTP_DROPPED_DAYS: integer(0, 3650).default(30),
  XMTP_JOURNAL_DAYS: integer(0, 3650).default(30),
  XMTP_JOURNAL_BYTES: integer(1_000_000, 1_000_000_000_000).optional(),
  XMTP_MESSAGES_DAYS: z.literal('0').transform(Number).or(integer(8, 3650)).default(0),
  XMTP_STRANGER_BYTES: integer(10_000, 1_000_000_000_000).default(20_000_000),
  XMTP_BOUNDARY_MODE: z.enum(['delimit', 'datamark', 'json', 'encode']).default('delimit'),
  XMTP_SHOWN_BYTES: integer(1_024, 131_072).default(16_384),
  XMTP_SHOWN_LINES: integer(16, 10_000).default(512),
  XMTP_HEARS: kinds().optional(),
  XMTP_WAKES: kinds().optional(),
  XMTP_MODEL_TOKENS: words()
    .pipe(z.array(z.string().regex(/^(?!\s*$)[^\p{C}\\]{2,64}$/u)).max(200))
    .optional(),
  XMTP_HOSTS_FILE: path().optional(),
  ID_CLI_COMMAND: command().optional(),
  PATH: text().optional(),
  RPC_URL: url('http:', 'https:').optional(),
  RPC_URL_BASE: url('http:', 'https:').optional(),
  WEB3_BIO_URL: url('http:', 'https:').optional(),
  WEB3_BIO_API_KEY: text().optional(),
  ETH_RPC_URL: url('http:', 'https:').optional(),
  XID_RPC_URL: url('http:', 'https:').optional(),
  XID_RPC_URL_ETH: url('http:', 'https:').optional(),
  XID_RPC_URL_OP: url('http:', 'https:').optional(),
  XID_RPC_URL_ARB: url('http:', 'https:').optional(),
  XID_REGISTRY: z
    .string()
    .regex(/^0x[0-9a-fA-F]{40}$/)
    .optional(),
  XMTP_WEBHOOK_URL: url('http:', 'https:').optional(),
  XMTP_WEBHOOK_SECRET: list()
    .pipe(z.array(z.string().regex(webhookSecret)).min(1).max(5))
    .optional(),
  XMTP_WEBHOOK_SECRET_FILE: path().optional(),
  XMTP_KNOCK_WEBHOOK_URL: url('http:', 'https:').optional(),
  XMTP_KNOCK_WEBHOOK_SECRET: list()
    .pipe(z.array(z.string().regex(webhookSecret)).min(1).max(5))
    .optional(),
  XMTP_KNOCK_WEBHOOK_SECRET_FILE: path().optional(),
  XMTP_SIGNAL_FILE: flag().default(false),
  XMTP_AGENT_URL: url('http:', 'https:').optional(),
  XMTP_EXEC: command().optional(),
  XMTP_EXEC_ENV: list()
    .pipe(z.array(z.string().regex(/^(?!OWS_|XMTP_)[A-Za-z_]\w{0,127}$/u)))
    .optional(),
  XMTP_DELIVERY_PRIVATE: flag().default(false),
  XMTP_DELIVERY_TIMEOUT: integer(100, 600_000).default(30_000),
  XMTP_ANSWER_TIMEOUT: integer(1000, 86_400_000).default(600_000),
  XMTP_DELIVERY_ATTEMPTS: integer(1, 1000).default(20),
  XMTP_DELIVERY_CONCURRENCY: integer(1, 256).default(8),
  XMTP_DELIVERY_RETRY_BASE: integer(10, 600_000).default(1000),
  XMTP_REPLY_LIMIT: integer(0, 10_000).default(20),
  XMTP_MIXED_GROUP_ANSWERS: flag().default(false),
  XMTP_SCRUB_REPLIES: flag().default(true),
  XMTP_ATTACHMENTS: z.enum(['never', 'on-request', 'images']).default('on-request'),
  XMTP_ATTACHMENT_MAX: integer(1, 1_000_000_000).default(25_000_000),
  XMTP_ATTACHMENT_TIMEOUT: integer(100, 3_600_000).default(60_000),
  XMTP_ATTACHMENT_PRIVATE: flag().default(false),
  XMTP_HISTORICAL_AFTER: integer(0, 31_536_000_000).default(3_600_000),
  XMTP_BELL: onOff().default(true),
  XMTP_MANY_INSTALLATIONS: flag().default(false),
  XMTP_SHUTDOWN_TIMEOUT: integer(0, 600_000).default(10_000),
  XMTP_LOG_LEVEL: z.enum(logLevels).default('info'),
  XMTP_UPLOAD_URL: text().max(4_096).optional(),
  XMTP_UPLOAD_URL_FILE: path().optional(),
  XMTP_UPLOAD_PUBLIC_URL: text().max(4_096).optional(),
  XMTP_UPLOAD_HEADERS: headers().optional(),
  XMTP_UPLOAD_HEADERS_FILE: path().optional(),
  XMTP_UPLOAD_S3_KEY_ID: z
    .string()
    .regex(/^[\w.+/=-]{1,256}$/u)
    .optional(),
  XMTP_UPLOAD_S3_SECRET: text().optional(),
  XMTP_UPLOAD_S3_SECRET_FILE: path().optional(),
  XMTP_UPLOAD_S3_REGION: z
    .string()
    .regex(/^[\w-]{1,64}$/u)
    .optional(),
  XMTP_UPLOAD_MAX: integer(1, 100_000_000).default(10_000_000),
  XMTP_UPLOAD_TIMEOUT: integer(100, 3_600_000).default(60_000),
  XMTP_UPLOAD_PRIVATE: flag().default(false),
});

/** The variables after parsing. */
export type Environment = z.output<typeof environmentSchema>;

export type VariableName = keyof Environment;

export const variableNames = Object.keys(environmentSchema.shape) as VariableName[];
