import { mayHoldSecret } from './may-hold-secret.ts';
import { toSlug } from './to-slug.ts';
import type { NeededFile, SharedAgent, TeamPlan, Workload } from './types.ts';

/** An agent of the team that has a mailbox. */
export interface PlannedAgent {
  name: string;
  port: number;
  /** Of its server; paths in variables that end in `_FILE` are relative to the folder of the team file, or absolute. */
  settings: Readonly<Record<string, string>>;
}

/** What is to be rendered, and how. */
export interface PlanOptions {
  team: string | null;
  agents: readonly PlannedAgent[];
  /** One process for all of them. */
  shared: boolean;
  /** Whether something scrapes the metrics, and so needs the operator's token. */
  metrics: boolean;
}

const tokenVariable = 'XMTP_API_TOKEN_FILE';
const operatorVariable = 'XMTP_OPERATOR_TOKEN_FILE';
/** Where it listens is said once, of the process. */
const ofThePort = ['PORT', 'XMTP_BASE_PATH'];

/** What a process of one idle agent takes, with room for work (docs/performance.md), and what each further one adds, MiB. */
const memoryOf = (agents: number) => ({ request: 252 + 4 * agents, limit: 760 + 8 * agents });

/** An agent has up to four threads; programs that are asked, such as the wallet's, have some for a moment. */
const tasksOf = (agents: number) => 252 + 4 * agents;

/** Sorts what the team wants into workloads; secrets become references here, whatever is rendered afterwards. */
export function planTargets({ team, agents, shared, metrics }: PlanOptions): TeamPlan {
  const slug = toSlug(team ?? 'team');
  const tokens = [tokenVariable, ...(metrics ? [operatorVariable] : [])];
  const withMetrics = (agent: PlannedAgent) => ({ ...agent, settings: { ...agent.settings, ...scraped(metrics) } });
  if (!shared) return { slug, workloads: agents.map((agent) => ofOne(withMetrics(agent), tokens)) };
  const each = agents.map((agent) => ofOne(agent, tokens));
  const files: NeededFile[] = metrics ? [{ key: keyOf(operatorVariable), source: null }] : [];
  const behind = each.map((one): SharedAgent => {
    const own = (key: string) => `${one.slug.replace(/^xmtp-/u, '')}.${key}`;
    const envFiles = one.secretVariables.length > 0 ? [own('env')] : [];
    files.push(...one.files.map(({ key, source }) => ({ key: own(key), source })));
    files.push(...envFiles.map((key) => ({ key, source: null })));
    const settings = Object.entries(one.settings).filter(([variable]) => !ofThePort.includes(variable));
    const fileVariables = Object.entries(one.fileVariables).map(([variable, key]) => [variable, own(key)]);
    return {
      name: one.name,
      settings: Object.fromEntries(settings),
      fileVariables: Object.fromEntries(fileVariables),
      envFiles,
    };
  });
  const workload: Workload = {
    // Not the name of the team: this one names files, and stands in units.
    name: slug,
    slug: `xmtp-${slug}`,
    port: agents[0]?.port ?? 4101,
    settings: { PORT: String(agents[0]?.port ?? 4101), ...scraped(metrics) },
    fileVariables: metrics ? { [operatorVariable]: keyOf(operatorVariable) } : {},
    files,
    secretVariables: [],
    calls: distinct(each.flatMap(({ calls }) => calls)),
    agents: behind,
    memory: memoryOf(agents.length),
    tasks: tasksOf(agents.length),
  };
  return { slug, workloads: [workload] };
}

/** Whoever scrapes asks for an address, not for a name. */
const scraped = (metrics: boolean): Record<string, string> => (metrics ? { XMTP_METRICS: 'any-host' } : {});

const distinct = (ports: readonly number[]) => [...new Set(ports)].toSorted((a, b) => a - b);

/** The port of a URL, unless it is that of https. */
function portOf(value: string): number[] {
  const url = /^https?:/iu.test(value) && URL.canParse(value) ? new URL(value) : null;
  const port = url === null ? 443 : Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  return port === 443 ? [] : [port];
}

function ofOne({ name, port, settings }: PlannedAgent, tokens: readonly string[]): Workload {
  const all = Object.entries({ ...settings, ...Object.fromEntries(tokens.map((variable) => [variable, null])) });
  const files = all.filter(([variable]) => variable.endsWith('_FILE'));
  const values = all.filter((entry): entry is [string, string] => !entry[0].endsWith('_FILE'));
  const isSecret = ([, value]: readonly [string, string]) => mayHoldSecret(value);
  return {
    name,
    slug: `xmtp-${toSlug(name)}`,
    port,
    settings: Object.fromEntries(values.filter((entry) => !isSecret(entry))),
    fileVariables: Object.fromEntries(files.map(([variable]) => [variable, keyOf(variable)])),
    files: files.map(([variable, source]) => ({ key: keyOf(variable), source })),
    secretVariables: values.filter(isSecret).map(([variable]) => variable),
    calls: distinct(values.flatMap(([, value]) => portOf(value))),
    agents: null,
    memory: memoryOf(1),
    tasks: tasksOf(1),
  };
}

/** `XMTP_API_TOKEN_FILE`: `xmtp-api-token`. */
function keyOf(variable: string): string {
  return variable
    .replace(/_FILE$/u, '')
    .toLowerCase()
    .replaceAll('_', '-');
}
