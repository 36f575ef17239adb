import { container } from './container.ts';
import { isAbsolute, join } from 'node:path';
import { pathsOf, renderAgentsFile } from './render-agents-file.ts';
import { toYaml } from './to-yaml.ts';
import type { RenderedFile, TeamPlan, Workload } from './types.ts';

/** What a Compose file says besides the plan. */
export interface ComposeOptions {
  image: string;
  /** From the folder of the rendered file to that of the team file; slashes. */
  teamFolder: string;
}

const head = `# Written by "xmtp-messaging deploy --target compose" from the team file; changes made here are overwritten.
# Secrets are files of yours, read from where they are. Each service is one mailbox: never scale one.
`;

/** A Compose file (https://compose-spec.io): one service and one volume for each workload. */
export function renderCompose({ slug, workloads }: TeamPlan, options: ComposeOptions): RenderedFile[] {
  const document = {
    name: `xmtp-${slug}`,
    services: Object.fromEntries(workloads.map((workload) => [workload.slug, serviceOf(workload, slug, options)])),
    volumes: Object.fromEntries(workloads.map((workload) => [workload.slug, {}])),
    secrets: Object.fromEntries(
      workloads.flatMap(({ slug: own, name, files }) =>
        files.map(({ key, source }) => [`${own}.${key}`, { file: placeOf(source, { name, key, options }) }]),
      ),
    ),
  };
  const agents = workloads.flatMap(({ slug: own, agents: several }) =>
    several === null ? [] : [{ path: `${own}.agents.json`, text: renderAgentsFile(several, container.secretPath) }],
  );
  return [{ path: 'compose.yaml', text: head + toYaml(withoutInterpolation(document)) }, ...agents];
}

function serviceOf(workload: Workload, team: string, { image }: ComposeOptions) {
  const { slug, name, port, settings, fileVariables, files, agents, memory, secretVariables, tasks } = workload;
  return {
    image,
    // A fixed name: "--scale" is refused, as the lock of the mailbox would refuse a second server.
    container_name: `xmtp-${team}.${slug}`,
    restart: 'unless-stopped',
    stop_grace_period: `${container.graceSeconds}s`,
    user: `${container.userId}:${container.userId}`,
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    pids_limit: tasks,
    mem_limit: `${memory.limit}m`,
    mem_reservation: `${memory.request}m`,
    ports: [`127.0.0.1:${port}:${port}`],
    env_file: [{ path: `./secrets/${name}.env`, required: secretVariables.length > 0 }],
    environment: {
      ...settings,
      ...pathsOf(fileVariables, container.secretPath),
      ...(agents === null ? {} : { XMTP_AGENTS_FILE: container.agentsFile }),
      HOST: '0.0.0.0',
      XMTP_ALLOWED_HOSTS: slug,
      XMTP_SHUTDOWN_TIMEOUT: String(container.drainSeconds * 1000),
    },
    secrets: files.map(({ key }) => ({ source: `${slug}.${key}`, target: key })),
    tmpfs: ['/tmp:mode=1777,size=64m'],
    volumes: [
      { type: 'volume', source: slug, target: container.dataFolder },
      bind(`./vaults/${name}/.ows`, `${container.dataFolder}/.ows`),
      ...(agents === null ? [] : [bind(`./${slug}.agents.json`, container.agentsFile)]),
    ],
  };
}

const bind = (source: string, target: string) => ({
  type: 'bind',
  source,
  target,
  read_only: true,
  bind: { create_host_path: false },
});

/** A file that the team file names stays where it is; any other is looked for under `secrets`. */
function placeOf(
  source: string | null,
  { name, key, options }: { name: string; key: string; options: ComposeOptions },
): string {
  if (source === null) return `./secrets/${name}/${key}`;
  if (isAbsolute(source)) return source;
  const path = join(options.teamFolder, source);
  return path.startsWith('.') ? path : `./${path}`;
}

/** Compose fills in variables wherever it finds a dollar sign, unless that is doubled. */
function withoutInterpolation(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$', '$$$$');
  if (Array.isArray(value)) return value.map(withoutInterpolation);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutInterpolation(each)]));
}
