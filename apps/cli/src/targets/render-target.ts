import { container } from './container.ts';
import { renderCompose } from './render-compose.ts';
import { renderHelm } from './render-helm.ts';
import type { KubernetesOptions } from './types.ts';
import { renderKubernetes } from './render-kubernetes.ts';
import { renderSystemd, type SystemdOptions } from './render-systemd.ts';
import type { RenderedFile, TargetName, TeamPlan } from './types.ts';

/** What targets say besides the plan. */
export interface RenderOptions extends KubernetesOptions, SystemdOptions {
  /** From the folder of the rendered files to that of the team file; slashes. */
  teamFolder: string;
}

/** What is rendered unless somebody asks for something else. */
export const renderDefaults = {
  image: `${container.image}:latest`,
  storage: '2Gi',
  storageClass: null,
  serviceMonitor: false,
  // Looked for in /usr/local/bin and /usr/bin, where npm install --global puts it.
  command: ['xmtp-messaging-server'] as const,
};

const renderers: Readonly<Record<TargetName, (plan: TeamPlan, options: RenderOptions) => RenderedFile[]>> = {
  compose: renderCompose,
  systemd: renderSystemd,
  kubernetes: renderKubernetes,
  helm: renderHelm,
};

/** The files of a target. Pure: the same plan gives the same text. */
export function renderTarget(target: TargetName, plan: TeamPlan, options: RenderOptions): RenderedFile[] {
  return renderers[target](plan, options);
}
