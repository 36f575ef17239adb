import { container } from './container.ts';
import { pathsOf, renderAgentsFile } from './render-agents-file.ts';
import type { RenderedFile, TeamPlan, Workload } from './types.ts';

/** What units say besides the plan. */
export interface SystemdOptions {
  /** Program and arguments of the server. */
  command: readonly [string, ...string[]];
}

const head =
  '# Written by "xmtp-messaging deploy --target systemd" from the team file; changes made here are overwritten.';
/** Where an operator puts what is rendered, and secrets. */
const folder = '/etc/xmtp-messaging';

/** Units for systemd 250 and later: one service for each workload, its settings beside it, and a user for all. */
export function renderSystemd({ workloads }: TeamPlan, options: SystemdOptions): RenderedFile[] {
  const user = {
    path: 'xmtp-messaging.sysusers.conf',
    text: `${head}\nu xmtp-messaging - "XMTP Messaging" /var/lib/xmtp-messaging\n`,
  };
  return [user, ...workloads.flatMap((workload) => filesOf(workload, options))];
}

function filesOf(workload: Workload, { command }: SystemdOptions): RenderedFile[] {
  const { name, slug, settings, fileVariables, files, agents, memory, secretVariables, tasks } = workload;
  const unit = `xmtp-messaging-${slug.replace(/^xmtp-/u, '')}`;
  const credential = (key: string) => `/run/credentials/${unit}.service/${key}`;
  const environment: Record<string, string> = {
    ...settings,
    ...pathsOf(fileVariables, credential),
    ...(agents === null ? {} : { XMTP_AGENTS_FILE: credential('agents.json') }),
    HOME: `/var/lib/${unit}`,
    // For the binding, where glibc is older than 2.38.
    XDG_CACHE_HOME: `/var/cache/${unit}`,
    XMTP_SHUTDOWN_TIMEOUT: String(container.drainSeconds * 1000),
  };
  const credentials = [
    ...files.map(({ key }) => `LoadCredential=${key}:${folder}/${unit}/${key}`),
    ...(agents === null ? [] : [`LoadCredential=agents.json:${folder}/${unit}.agents.json`]),
  ];
  const text = `${head}
[Unit]
Description=XMTP mailbox of ${specifiers(name)}
Documentation=https://github.com/xmtp-messaging/xmtp-messaging/blob/main/docs/deploy.md
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart=${command.map(argument).join(' ')}
# The second file wins: what the team file says stands there.
EnvironmentFile=${secretVariables.length > 0 ? '' : '-'}${folder}/${unit}/secrets.env
EnvironmentFile=${folder}/${unit}.env
${credentials.join('\n')}
User=xmtp-messaging
StateDirectory=${unit}
StateDirectoryMode=0700
CacheDirectory=${unit}
CacheDirectoryMode=0700
WorkingDirectory=/var/lib/${unit}
UMask=0077
Restart=always
RestartSec=5
# Bad settings and a missing wallet: somebody must act.
RestartPreventExitStatus=2 3
KillMode=mixed
TimeoutStopSec=${container.graceSeconds}
MemoryMax=${memory.limit}M
TasksMax=${tasks}
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
PrivateMounts=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM

[Install]
WantedBy=multi-user.target
`;
  const lines = Object.entries(environment).map(([variable, value]) => `${variable}=${assigned(value)}`);
  return [
    { path: `${unit}.service`, text },
    { path: `${unit}.env`, text: [head, ...lines, ''].join('\n') },
    ...(agents === null ? [] : [{ path: `${unit}.agents.json`, text: renderAgentsFile(agents, credential) }]),
  ];
}

/** A percent sign begins a specifier in a unit. */
const specifiers = (text: string): string => text.replaceAll('%', '%%');

/** A word of ExecStart: systemd.service(5) on quoting, specifiers and variables. */
function argument(word: string): string {
  const escaped = specifiers(word)
    .replaceAll('$', '$$$$')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r');
  return /^[\w./@:+,=%-]+$/u.test(escaped) ? escaped : `"${escaped}"`;
}

/** A value of an EnvironmentFile, which knows neither specifiers nor variables: systemd.exec(5). Means the same to a shell. */
function assigned(value: string): string {
  return `"${value.replaceAll(/[\\"`$]/gu, String.raw`\$&`)}"`;
}
