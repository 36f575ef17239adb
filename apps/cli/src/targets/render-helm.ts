import { container } from './container.ts';
import { renderAgentsFile } from './render-agents-file.ts';
import type { KubernetesOptions } from './types.ts';
import { toYaml } from './to-yaml.ts';
import type { RenderedFile, TeamPlan } from './types.ts';

const head = `# Written by "xmtp-messaging deploy --target helm" from the team file; changes made here are overwritten.
# helm install NAME deploy/chart --values values.yaml
`;

/** Values for the chart in deploy/chart. */
export function renderHelm({ slug, workloads }: TeamPlan, options: KubernetesOptions): RenderedFile[] {
  const { image, storage, storageClass, serviceMonitor } = options;
  const values = {
    team: slug,
    image,
    storage: { size: storage, className: storageClass ?? '' },
    serviceMonitor,
    workloads: workloads.map(({ agents, ...workload }) => ({
      name: workload.slug,
      port: workload.port,
      settings: workload.settings,
      fileVariables: workload.fileVariables,
      secretVariables: workload.secretVariables,
      calls: workload.calls,
      memory: workload.memory,
      agentsJson: agents === null ? '' : renderAgentsFile(agents, container.secretPath),
    })),
  };
  return [{ path: 'values.yaml', text: head + toYaml(values) }];
}
