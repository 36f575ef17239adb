import { container } from './container.ts';
import type { KubernetesOptions } from './types.ts';
import { pathsOf } from './render-agents-file.ts';
import type { Workload } from './types.ts';

/** The pod of a workload, as the restricted Pod Security Standard wants it. */
export function renderPod(workload: Workload, { image }: Pick<KubernetesOptions, 'image'>): object {
  const { slug, agents, memory, port } = workload;
  return {
    serviceAccountName: slug,
    automountServiceAccountToken: false,
    // Else a Service called xmtp-api would set XMTP_API_PORT.
    enableServiceLinks: false,
    terminationGracePeriodSeconds: container.graceSeconds,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: container.userId,
      runAsGroup: container.userId,
      fsGroup: container.userId,
      // Modes of the files of a home are checked; they must stay as the server made them.
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'server',
        image,
        env: environmentOf(workload),
        envFrom: [{ secretRef: { name: `${slug}-env`, optional: true } }],
        ports: [{ name: 'http', containerPort: port, protocol: 'TCP' }],
        // It opens its port at once; readiness says whether messages come and go.
        startupProbe: { ...probe('/healthz'), periodSeconds: 2, failureThreshold: 60 },
        livenessProbe: { ...probe('/healthz'), periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
        readinessProbe: { ...probe('/readyz'), periodSeconds: 5, timeoutSeconds: 5 },
        resources: {
          requests: { cpu: '50m', memory: `${memory.request}Mi` },
          limits: { memory: `${memory.limit}Mi` },
        },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: [
          { name: 'data', mountPath: container.dataFolder },
          { name: 'vault', mountPath: `${container.dataFolder}/.ows/wallets`, readOnly: true },
          { name: 'secrets', mountPath: container.secretsFolder, readOnly: true },
          { name: 'tmp', mountPath: '/tmp' },
          ...(agents === null
            ? []
            : [
                {
                  name: 'agents',
                  mountPath: container.agentsFile.slice(0, container.agentsFile.lastIndexOf('/')),
                  readOnly: true,
                },
              ]),
        ],
      },
    ],
    volumes: [
      // A mailbox that is registered starts without.
      { name: 'vault', secret: { secretName: `${slug}-vault`, defaultMode: 0o440, optional: true } },
      { name: 'secrets', secret: { secretName: slug, defaultMode: 0o440 } },
      { name: 'tmp', emptyDir: { sizeLimit: '64Mi' } },
      ...(agents === null ? [] : [{ name: 'agents', configMap: { name: slug, defaultMode: 0o444 } }]),
    ],
  };
}

function environmentOf({ slug, settings, fileVariables, secretVariables, agents }: Workload): object[] {
  const plain = {
    ...settings,
    ...pathsOf(fileVariables, container.secretPath),
    ...(agents === null ? {} : { XMTP_AGENTS_FILE: container.agentsFile }),
    HOST: '0.0.0.0',
    XMTP_SHUTDOWN_TIMEOUT: String(container.drainSeconds * 1000),
  };
  const namespace = `${slug}.$(POD_NAMESPACE)`;
  const variables = Object.entries(plain).map(([name, value]) => ({ name, value: withoutExpansion(value) }));
  return [
    { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    { name: 'XMTP_ALLOWED_HOSTS', value: `${slug},${namespace},${namespace}.svc,${namespace}.svc.cluster.local` },
    ...variables.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    ...secretVariables.map((name) => ({ name, valueFrom: { secretKeyRef: { name: `${slug}-env`, key: name } } })),
  ];
}

/** `$(NAME)` stands for a variable, unless its dollar sign is doubled. */
const withoutExpansion = (value: string): string => value.replaceAll('$', '$$$$');

const probe = (path: string) => ({ httpGet: { path, port: 'http' } });
