import { printable } from '@xmtp-messaging/errors';
import type { TargetName, TeamPlan } from './types.ts';

const guide = 'https://github.com/xmtp-messaging/xmtp-messaging/blob/main/docs/deploy.md';

const run: Readonly<Record<TargetName, string>> = {
  compose: 'docker compose up --detach',
  systemd: 'Copy the files as the guide says, then: systemctl enable --now UNIT',
  kubernetes: 'kubectl apply --filename kubernetes.yaml',
  helm: 'helm upgrade --install NAME deploy/chart --values values.yaml',
};

/** What is left to do, for people. */
export function nextSteps(target: TargetName, { workloads }: TeamPlan): string[] {
  const lines = workloads.flatMap(({ name, files, secretVariables }) => [
    ...files.map(({ key, source }) => `${name}: ${key}, ${source === null ? 'to be made' : `which is ${source}`}`),
    ...secretVariables.map((variable) => `${name}: ${variable}, in its env file: it may hold a secret`),
  ]);
  return ['It takes these from you:', ...lines.map((line) => `  ${printable(line)}`), run[target], `See ${guide}`];
}
