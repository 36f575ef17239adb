import type { Workload } from './types.ts';

/** Networks that nobody on the Internet has, and where clouds answer questions about machines. */
const notPublic = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'];
const notPublicV6 = ['fc00::/7', 'fe80::/10'];

/** Who may call a workload, and whom it may call. */
export function renderNetworkRules(
  workload: Workload,
  options: { serviceMonitor: boolean },
): { ingress: object[]; egress: object[] } {
  return { ingress: ingress(workload, options), egress: egress(workload) };
}

/** Pods that say so, and with a ServiceMonitor those of the monitoring. All show a token. */
function ingress({ slug }: Workload, { serviceMonitor }: { serviceMonitor: boolean }): object[] {
  return [
    {
      from: [
        { podSelector: { matchLabels: { [`${slug}.xmtp-messaging/client`]: 'true' } } },
        ...(serviceMonitor
          ? [
              {
                namespaceSelector: {},
                podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
              },
            ]
          : []),
      ],
      ports: [{ protocol: 'TCP', port: 'http' }],
    },
  ];
}

/** Whom it calls: name servers, https on the Internet, and the ports of its URLs anywhere. */
function egress({ calls }: Workload): object[] {
  return [
    {
      ports: [
        { protocol: 'UDP', port: 53 },
        { protocol: 'TCP', port: 53 },
      ],
    },
    {
      to: [{ ipBlock: { cidr: '0.0.0.0/0', except: notPublic } }, { ipBlock: { cidr: '::/0', except: notPublicV6 } }],
      ports: [{ protocol: 'TCP', port: 443 }],
    },
    ...(calls.length === 0 ? [] : [{ ports: calls.map((port) => ({ protocol: 'TCP', port })) }]),
  ];
}
