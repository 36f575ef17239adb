import { container } from './container.ts';
import { renderNetworkRules } from './render-network-rules.ts';
import { renderPod } from './render-pod.ts';
import { toYaml } from './to-yaml.ts';
import { renderAgentsFile } from './render-agents-file.ts';
import type { KubernetesOptions, RenderedFile, TeamPlan, Workload } from './types.ts';

const head = `# Written by "xmtp-messaging deploy --target kubernetes" from the team file; changes made here are overwritten.
# Each StatefulSet is one mailbox, and has one replica: never scale one. Secrets are named here, and made by you:
`;

/** Manifests: for each workload a StatefulSet with one replica and one volume, and what belongs to it. */
export function renderKubernetes(plan: TeamPlan, options: KubernetesOptions): RenderedFile[] {
  const needed = plan.workloads.map(({ slug, files }) => {
    return `#   Secret ${slug} with ${files.map(({ key }) => key).join(', ')}; Secret ${slug}-vault with the wallets\n`;
  });
  const documents = kubernetesObjects(plan, options).map((each) => toYaml(each));
  return [{ path: 'kubernetes.yaml', text: `${head}${needed.join('')}---\n${documents.join('---\n')}` }];
}

/** The objects, in the order in which they are to be made. */
export function kubernetesObjects({ slug, workloads }: TeamPlan, options: KubernetesOptions): object[] {
  const partOf = { 'app.kubernetes.io/name': 'xmtp-messaging', 'app.kubernetes.io/part-of': `xmtp-${slug}` };
  return [
    // Of the whole team: a drain takes one mailbox at a time.
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: `xmtp-${slug}-team`, labels: partOf },
      spec: { maxUnavailable: 1, selector: { matchLabels: partOf } },
    },
    ...workloads.flatMap((workload) => objectsOf(workload, { partOf, options })),
  ];
}

function objectsOf(
  workload: Workload,
  { partOf, options }: { partOf: Record<string, string>; options: KubernetesOptions },
): object[] {
  const { slug, agents } = workload;
  const selector = { ...partOf, 'app.kubernetes.io/instance': slug };
  const metadata = { name: slug, labels: selector };
  const agentsJson = agents === null ? null : renderAgentsFile(agents, container.secretPath);
  const { storage, storageClass, serviceMonitor } = options;
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    ...(agentsJson === null
      ? []
      : [{ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'agents.json': agentsJson } }]),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      // The operator looks at a mailbox also while it is not ready.
      spec: {
        selector,
        publishNotReadyAddresses: true,
        ports: [{ name: 'http', port: workload.port, targetPort: 'http', protocol: 'TCP' }],
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      spec: {
        podSelector: { matchLabels: selector },
        policyTypes: ['Ingress', 'Egress'],
        ...renderNetworkRules(workload, { serviceMonitor }),
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata,
      spec: {
        serviceName: slug,
        replicas: 1,
        podManagementPolicy: 'OrderedReady',
        updateStrategy: { type: 'RollingUpdate' },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
        selector: { matchLabels: selector },
        template: {
          metadata: { labels: selector },
          spec: renderPod(workload, options),
        },
        volumeClaimTemplates: [
          {
            metadata: { name: 'data' },
            spec: {
              // One node at a time, and one pod where the volume can tell pods apart.
              accessModes: ['ReadWriteOnce'],
              ...(storageClass === null ? {} : { storageClassName: storageClass }),
              resources: { requests: { storage } },
            },
          },
        ],
      },
    },
    ...(serviceMonitor
      ? [
          {
            apiVersion: 'monitoring.coreos.com/v1',
            kind: 'ServiceMonitor',
            metadata,
            spec: {
              selector: { matchLabels: selector },
              endpoints: [
                {
                  port: 'http',
                  path: '/metrics',
                  authorization: { type: 'Bearer', credentials: { name: slug, key: 'xmtp-operator-token' } },
                },
              ],
            },
          },
        ]
      : []),
  ];
}
