import { hasUnseen, nearMiss } from '@xmtp-messaging/errors';
import { z } from 'zod';
import { describeValue } from './describe-issue.ts';
import { agentXmtp, openMode, sharedXmtp } from './xmtp-schema.ts';

const skills = z.array(z.string().min(1, 'must not be empty')).nullish();
const text = z.string().min(1, 'must not be empty');
/** Variables of the agent's process. Only `OWS_WALLET` is ours to read. */
const env = z
  .looseObject({ OWS_WALLET: text.nullish().meta({ description: 'Wallet of the agent; ${name} is its name.' }) })
  .nullish();

/** Names become file names: `.env.NAME`, `.agents/NAME/`. */
const agentName = z
  .string()
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9])){0,62}$/,
    'must be letters, digits, "-", "_" and single dots, at most 63',
  );

const agent = spelt({
  name: agentName,
  description: text.nullish(),
  skills,
  env,
  xmtp: agentXmtp.nullish(),
  /** The older place of `xmtp.openMode`. */
  openMode: openMode.nullish(),
}).superRefine(({ openMode: older, xmtp: newer }, context) => {
  const both = typeof older === 'boolean' && typeof newer?.openMode === 'boolean';
  if (both && older !== newer.openMode) {
    context.addIssue({ code: 'custom', path: ['openMode'], message: 'contradicts "xmtp.openMode"; keep the latter' });
  }
});

const shared = sharedXmtp.nullish();
const defaults = spelt({ skills, env, xmtp: shared }).nullish();

const teamName = text.refine((team) => !hasUnseen(team), 'must be one line of visible characters');
const team = z.union(
  [
    teamName,
    z.strictObject({
      name: teamName.nullish(),
      allow: z
        .literal('each-other')
        .nullish()
        .meta({ description: 'each-other: `up` puts every member on the allowlist of every other.' }),
      shared: z
        .boolean()
        .nullish()
        .meta({ description: 'true: one process serves all agents, behind one port. Default: a process for each.' }),
    }),
  ],
  { error: teamIssue },
);

/** A team file. Keys that belong to other skills are left alone. */
export const teamSchema = spelt({
  version: z
    .union([z.string(), z.number()])
    .refine((version) => /^1(\.\d+)?$/.test(String(version)), 'must be "1.0"; other versions are not known here')
    .nullish(),
  team: team.nullish(),
  defaults,
  xmtp: shared,
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

function teamIssue({ input }: { input?: unknown }): string {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
    ? 'may hold nothing but "name", "allow: each-other", and "shared", which must be true or false without quotes'
    : `must be a name, or a map of "name", "allow" and "shared", not ${describeValue(input)}`;
}
