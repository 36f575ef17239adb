import { z } from 'zod';
import { atLeastNone, callable, count, positive, signal } from './util/check-options.ts';

const optionalFunction = callable.optional();

/** Where a mailbox lives. */
export const networkSchema = z.looseObject({
  env: z.enum(['local', 'dev', 'production']),
  apiUrl: z.string().optional(),
  gatewayHost: z.string().optional(),
  appVersion: z.string().optional(),
});

/** The form of `MailboxOptions`. What has limits of its own, such as `journalMs`, is checked where these are. */
export const mailboxOptionsSchema = z.looseObject({
  signer: z.looseObject({ getIdentifier: callable, signMessage: callable }),
  home: z.string().nonempty('must name a folder'),
  network: networkSchema,
  admit: callable,
  isAllowed: optionalFunction,
  isExpected: optionalFunction,
  lists: optionalFunction,
  groupPolicy: optionalFunction,
  knocks: z.enum(['dropped', 'shown']).optional(),
  droppedTextMs: atLeastNone,
  strangerBytesPerDay: atLeastNone,
  groupChanges: z.boolean().optional(),
  historicalAfterMs: atLeastNone,
  sendDeadlineMs: positive,
  maxQueuedSends: count,
  bell: z.boolean().optional(),
  reconcileEveryMs: positive,
  identityCheckEveryMs: positive,
  allowManyInstallations: z.boolean().optional(),
  onEvent: optionalFunction,
  now: optionalFunction,
  random: optionalFunction,
  codecs: z.array(z.unknown()).optional(),
  signal,
});
