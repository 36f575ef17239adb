import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { AgentError } from './errors.ts';
import { messageKinds } from './inbound/choose-kinds.ts';

const callable = z.custom<(...args: never) => unknown>((value) => typeof value === 'function', 'must be a function');
const optionalCallable = callable.optional();
const anObject = z.custom<object>((value) => typeof value === 'object' && value !== null, 'must be an object');
/** A limit that may be lifted by `Infinity`. */
const limit = z.number().nonnegative().or(z.literal(Infinity)).optional();
const absolute = z.string().refine(isAbsolute, 'must be an absolute path');
const command = z.tuple([z.string().nonempty()], z.string()).optional();
const kinds = z.array(z.enum(messageKinds)).optional();
const credential = z.union([z.string(), callable]).optional();
const openLimit = z.looseObject({ burst: z.number(), perMinute: z.number() }).optional();

/** The form of `AgentOptions`; the parts check what they alone know, such as the limits of open mode. */
export const agentOptionsSchema = z.looseObject({
  wallet: z.union([z.string(), z.looseObject({ name: z.string(), home: z.string().optional(), credential, command })], {
    error: 'must be the name of a wallet, or { name, home, credential, command }',
  }),
  network: z.looseObject({ env: z.enum(['local', 'dev', 'production']) }),
  homeRoot: absolute.optional(),
  mode: z.enum(['closed', 'open']).optional(),
  openLimits: z.looseObject({ sender: openLimit, total: openLimit }).optional(),
  groups: z.enum(['listed-senders', 'listed-groups', 'off']).optional(),
  boundaryMode: z.enum(['delimit', 'datamark', 'json', 'encode']).optional(),
  shownText: anObject.optional(),
  hears: kinds,
  wakes: kinds,
  modelTokens: z.array(z.string()).optional(),
  names: z.looseObject({ hostsFile: z.string().optional(), idCliCommand: command }).optional(),
  repliesPerWindow: limit,
  answersInMixedGroups: z.boolean().optional(),
  scrubReplies: z.boolean().optional(),
  secrets: z.union([z.array(z.string()), callable]).optional(),
  attachments: z
    .looseObject({ fetch: z.enum(['never', 'on-request', 'images']).optional(), maxBytes: limit, timeoutMs: limit })
    .optional(),
  uploads: z.looseObject({ url: z.string(), maxBytes: limit, timeoutMs: limit }).optional(),
  logger: z.looseObject({ info: callable, warn: callable, error: callable }).optional(),
  metrics: anObject.optional(),
  now: optionalCallable,
  random: optionalCallable,
});

/** The form of `OpenAgentOptions`. */
export const openAgentOptionsSchema = agentOptionsSchema.extend({
  openTimeoutMs: limit,
  signal: z
    .custom<AbortSignal>(
      (value) => typeof value === 'object' && value !== null && 'throwIfAborted' in value,
      'must be an AbortSignal',
    )
    .optional(),
});

/**
 * Refuses options that cannot be meant before anything is touched: a program without types gets an answer too, and a slip in `mode`
 * must not be a mode. What it says names keys, never a value.
 * @throws AgentError INVALID_OPTION
 */
export function checkAgentOptions(schema: z.ZodType, options: unknown): void {
  const { error } = schema.safeParse(options);
  if (error === undefined) return;
  const problems = error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.') || 'options'}: ${message}`);
  throw new AgentError({ code: 'INVALID_OPTION', metaMessages: problems });
}
