import { hasUnseen, nearMiss } from '@xmtp-messaging/errors';
import { z } from 'zod';
import { describeValue } from './describe-issue.ts';

/** How inbound messages are marked as untrusted. */
export const boundaryModes = ['delimit', 'datamark', 'json', 'encode'] as const;

const openMode = z.boolean({
  error: ({ input }) => `must be true or false without quotes, not ${describeValue(input)}`,
});

const xmtp = { openMode: openMode.nullish(), boundary: z.enum(boundaryModes).nullish() };
const sharedXmtp = z.strictObject(xmtp, { error: portIsPerAgent }).nullish();
const agentXmtp = z.strictObject({ ...xmtp, port: z.int().min(1).max(65_535).nullish() }).nullish();

const skills = z.array(z.string().min(1, 'must not be empty')).nullish();
const text = z.string().min(1, 'must not be empty');

/** Names become file names: `.env.NAME`, `.agents/NAME/`. */
export const agentName = z
  .string()
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9])){0,62}$/,
    'must be letters, digits, "-", "_" and single dots, at most 63',
  );

const agent = spelt({
  name: agentName,
  description: text.nullish(),
  skills,
  xmtp: agentXmtp,
  /** The older place of `xmtp.openMode`. */
  openMode: openMode.nullish(),
}).superRefine(({ openMode: older, xmtp: newer }, context) => {
  const both = typeof older === 'boolean' && typeof newer?.openMode === 'boolean';
  if (both && older !== newer.openMode) {
    context.addIssue({ code: 'custom', path: ['openMode'], message: 'contradicts "xmtp.openMode"; keep the latter' });
  }
});

const defaults = spelt({ skills, xmtp: sharedXmtp }).nullish();

/** A team file. Keys that belong to other skills are left alone. */
export const teamSchema = spelt({
  version: z
    .union([z.string(), z.number()])
    .refine((version) => /^1(\.\d+)?$/.test(String(version)), 'must be "1.0"; other versions are not known here')
    .nullish(),
  team: text.refine((team) => !hasUnseen(team), 'must be one line of visible characters').nullish(),
  defaults,
  xmtp: sharedXmtp,
  agents: z.array(agent, { error: 'must be a list of agents' }),
}).superRefine(({ agents }, context) => {
  report(
    agents.map(({ name }) => name.toLowerCase()),
    (index) => ['agents', index, 'name'],
    'is already the name of an agent above',
  );
  report(
    agents.map((each) => each.xmtp?.port),
    (index) => ['agents', index, 'xmtp', 'port'],
    'is already the port of an agent above',
  );

  function report(values: unknown[], path: (index: number) => PropertyKey[], message: string): void {
    for (const [index, value] of values.entries()) {
      const again = value !== undefined && value !== null && values.indexOf(value) < index;
      if (again) context.addIssue({ code: 'custom', path: path(index), message });
    }
  }
});

/** What `teamSchema` reads. */
export type TeamFile = z.infer<typeof teamSchema>;

/** An object whose unknown keys pass, unless they look like ours misspelt or misplaced: a setting that is not read could leave an agent open. */
function spelt<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.looseObject(shape).superRefine((value, context) => {
    for (const key of Object.keys(value).filter((each) => !known.includes(each))) {
      const meant = nearMiss(key, known);
      const misplaced = key === 'openMode' || nearMiss(key, ['openMode']) !== null;
      const message = meant === null ? 'belongs under "xmtp"' : `is not known; is it "${meant}"?`;
      if (meant !== null || misplaced) context.addIssue({ code: 'custom', path: [key], message });
    }
  });
}

function portIsPerAgent(issue: { code?: string; keys?: unknown }): string | undefined {
  const keys = issue.code === 'unrecognized_keys' && Array.isArray(issue.keys) ? issue.keys : [];
  return keys.includes('port') ? 'only an agent has a "port"' : undefined;
}
