import { resolve } from 'node:path';
import type { TeamAgent } from '@xmtp-messaging/team-config';
import type { Deployment } from './deployment.ts';
import { marker } from './marker.ts';

/**
 * The variables that carry the team's settings into the agent's server. None is a secret; those that end in `_FILE` name files.
 * @param deployment.file How the path of a file is written. @default as in the team file
 */
export function agentSettings(
  agent: TeamAgent,
  { wallet, place, file: pathOf = (path) => path }: Deployment & { file?: ((path: string) => string) | undefined },
): Record<string, string> {
  const { openMode, boundary, hears, wakes, env, apiUrl, gatewayHost, hostsFile, passphraseFile, delivery, upload } =
    agent.xmtp;
  const { groups, mixedGroupAnswers, knocks, droppedDays, journalDays, messagesDays, strangerBytes, attachments } =
    agent.xmtp;
  const { knockWebhook, signalFile } = agent.xmtp;
  const file = (path: string | null) => (path === null ? null : pathOf(path));
  const webhook = delivery?.kind === 'webhook' ? delivery : null;
  const variables: Record<string, string | null> = {
    OWS_WALLET: wallet,
    OWS_PASSPHRASE_FILE: file(passphraseFile),
    XMTP_OPEN_MODE: String(openMode),
    XMTP_BOUNDARY_MODE: boundary,
    XMTP_HEARS: listOf(hears),
    XMTP_WAKES: listOf(wakes),
    XMTP_GROUPS: groups,
    XMTP_MIXED_GROUP_ANSWERS: mixedGroupAnswers?.toString() ?? null,
    XMTP_KNOCKS: knocks,
    XMTP_DROPPED_DAYS: droppedDays?.toString() ?? null,
    XMTP_JOURNAL_DAYS: journalDays?.toString() ?? null,
    XMTP_MESSAGES_DAYS: messagesDays?.toString() ?? null,
    XMTP_STRANGER_BYTES: strangerBytes?.toString() ?? null,
    XMTP_ATTACHMENTS: attachments,
    XMTP_ENV: env,
    XMTP_API_URL: apiUrl,
    XMTP_GATEWAY_HOST: gatewayHost,
    XMTP_HOSTS_FILE: file(hostsFile),
    XMTP_WEBHOOK_URL: webhook?.url ?? null,
    XMTP_WEBHOOK_SECRET_FILE: file(webhook?.secretFile ?? null),
    XMTP_KNOCK_WEBHOOK_URL: knockWebhook?.url ?? null,
    XMTP_KNOCK_WEBHOOK_SECRET_FILE: file(knockWebhook?.secretFile ?? null),
    XMTP_SIGNAL_FILE: signalFile?.toString() ?? null,
    XMTP_AGENT_URL: delivery?.kind === 'rest-ap' ? delivery.url : null,
    XMTP_UPLOAD_URL: upload?.url ?? null,
    XMTP_UPLOAD_URL_FILE: file(upload?.urlFile ?? null),
    XMTP_UPLOAD_PUBLIC_URL: upload?.publicUrl ?? null,
    XMTP_UPLOAD_HEADERS_FILE: file(upload?.headersFile ?? null),
    XMTP_UPLOAD_S3_KEY_ID: upload?.s3?.keyId ?? null,
    XMTP_UPLOAD_S3_SECRET_FILE: file(upload?.s3?.secretFile ?? null),
    XMTP_UPLOAD_S3_REGION: upload?.s3?.region ?? null,
    XMTP_UPLOAD_MAX: upload?.maxBytes?.toString() ?? null,
    XMTP_AGENT: place.id,
    XMTP_BASE_PATH: place.basePath === '' ? null : place.basePath,
    PORT: String(place.port),
  };
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}

/** Those settings as a file beside the team file. */
export function renderEnvironment(
  agent: TeamAgent,
  { folder, ...deployment }: Deployment & { folder: string },
): string {
  const settings = agentSettings(agent, { ...deployment, file: (path) => resolve(folder, path) });
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${quoted(value)}`);
  return [`# ${marker}`, '# Settings of the XMTP server of one agent. Secrets do not belong here.', ...lines, ''].join(
    '\n',
  );
}

/** An empty list is said in a word: an empty value counts as absent. */
const listOf = (kinds: readonly string[] | null) =>
  kinds === null ? null : kinds.length === 0 ? 'none' : kinds.join(' ');

/** Means the same to a shell, to dotenv and to Node's --env-file: no value that comes here holds an apostrophe. */
const quoted = (value: string): string => (/^[\w.@:+/-]+$/.test(value) ? value : `'${value}'`);
