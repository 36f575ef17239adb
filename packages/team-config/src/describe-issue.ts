import { quoteInput } from '@xmtp-messaging/errors';
import type { z } from 'zod';

const words: Record<string, string> = { string: 'text', array: 'a list', object: 'a map', int: 'a whole number' };

/** What is wrong with a value, in the words of a team file rather than of its schema. */
export function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'unrecognized_keys') return 'is not a known setting';
  if (issue.code !== 'invalid_type') return undefined;
  if (issue.input === undefined) return 'is missing';
  return `must be ${words[issue.expected] ?? `a ${issue.expected}`}, not ${describeValue(issue.input)}`;
}

/** A value as it may stand in an error: short, and never walked into, since aliases can make it endless. */
export function describeValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  if (typeof value === 'string') return quoteInput(value, { maxLength: 60 });
  return JSON.stringify(value) ?? 'empty';
}
