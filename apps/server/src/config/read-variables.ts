import { nearMiss, quoteInput } from '@xmtp-messaging/errors';
import { configError } from '../errors.ts';
import { variableFacts } from './variable-facts.ts';
import { type Environment, environmentSchema, type VariableName, variableNames } from './variables.ts';

/** Most often a misspelt name. */
export interface UnknownVariable {
  name: string;
  /** The variable that was probably meant, or `null`. */
  meant: VariableName | null;
}

/** The variables that are ours, parsed. Every bad value is one line of the error. @throws ServerError CONFIG_INVALID */
export function readVariables(env: Readonly<Record<string, string | undefined>>): Environment {
  const present = Object.fromEntries(
    variableNames.flatMap((name) => (env[name] === undefined || env[name] === '' ? [] : [[name, env[name]]])),
  );
  const parsed = environmentSchema.safeParse(present);
  if (parsed.success) return parsed.data;
  const names = new Set(parsed.error.issues.map((issue) => issue.path[0] as VariableName));
  throw configError([...names].map((name) => describeBadValue(name, present[name] ?? '')));
}

/** Those that no server reads, but look as if they were meant for one. Short names such as PORT resemble too much that is nobody's mistake. */
export function findUnknown(names: readonly string[]): UnknownVariable[] {
  const long = variableNames.filter((name) => name.length >= 8);
  return names
    .filter((name) => !Object.hasOwn(environmentSchema.shape, name))
    .map((name) => ({ name, meant: (nearMiss(name, long) ?? byPart(name)) as VariableName | null }))
    .filter(({ name, meant }) => meant !== null || /^xmtp_/iu.test(name));
}

/** `XMTP_ENVIRONMENT` for `XMTP_ENV`: the name of one is the beginning of the other. */
function byPart(name: string): string | null {
  const upper = name.toUpperCase();
  if (!/^(?:XMTP|OWS)_/u.test(upper)) return null;
  return (
    variableNames.find((known) => known.includes('_') && (upper.startsWith(known) || known.startsWith(upper))) ?? null
  );
}

/** `NAME is "value", expected …`, without the value where it may be a secret. */
function describeBadValue(name: VariableName, value: string): string {
  const { expected, echo = false } = variableFacts[name];
  const shown = echo && value.length <= 64 ? quoteInput(value) : `a text of ${value.length} characters`;
  return `${name} is ${shown}, expected ${expected}.`;
}
