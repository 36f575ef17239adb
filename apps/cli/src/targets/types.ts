/** Where a team can run, beside the machine of whoever reads this. */
export const targetNames = ['compose', 'systemd', 'kubernetes', 'helm'] as const;

export type TargetName = (typeof targetNames)[number];

/** A file that holds a secret, or is anyway not ours to carry. Targets name it, and never hold what is in it. */
export interface NeededFile {
  /** Its name where secrets are: of a secret, a credential or a key. */
  key: string;
  /** Where it is now, relative to the folder of the team file or absolute; `null`: it is to be made. */
  source: string | null;
}

/** An agent behind the port of a workload that serves several. */
export interface SharedAgent {
  name: string;
  settings: Readonly<Record<string, string>>;
  /** Variables that name files, and the keys of those. */
  fileVariables: Readonly<Record<string, string>>;
  /** Keys of env files. */
  envFiles: readonly string[];
}

/** One process with one volume: of an agent, or of several behind one port. There is never a second one of it. */
export interface Workload {
  /** Of the agent, else the slug of the team. Safe as a path component. */
  name: string;
  /** What it is called where names are labels of DNS (RFC 1123), at most 45 characters. */
  slug: string;
  port: number;
  /** Variables that are no secrets. */
  settings: Readonly<Record<string, string>>;
  /** Variables that name files, and the keys of those. */
  fileVariables: Readonly<Record<string, string>>;
  files: readonly NeededFile[];
  /** Variables that may hold a secret: they must come from an env file beside the target. */
  secretVariables: readonly string[];
  /** Ports that its URLs name, other than 443; ascending. */
  calls: readonly number[];
  /** `null`: it is one agent. */
  agents: readonly SharedAgent[] | null;
  /** Memory that it is sure of, and that it may take, MiB. */
  memory: { request: number; limit: number };
  /** Processes and threads that it may have. */
  tasks: number;
}

/** What is rendered. */
export interface TeamPlan {
  /** What the team is called where names are labels of DNS. */
  slug: string;
  workloads: readonly Workload[];
}

/** A file of a target. */
export interface RenderedFile {
  /** Relative to the folder that was asked for. */
  path: string;
  text: string;
}

/** What manifests say besides the plan. */
export interface KubernetesOptions {
  image: string;
  /** Size of each volume, such as `2Gi`. */
  storage: string;
  /** @default the one of the cluster */
  storageClass: string | null;
  /** Whether Prometheus Operator is to scrape the metrics. */
  serviceMonitor: boolean;
}
