import type { TeamFile } from './schema.ts';
import type { TeamAgent, XmtpSettings } from './types.ts';

type Level = NonNullable<TeamFile['xmtp']>;

/** Puts the names of agent and team where a text asks for them. */
interface Fill {
  (text: string): string;
  (text: string | null | undefined): string | null;
}

/** Merges what an agent inherits: skills add up, and of each xmtp setting the nearest to the agent wins. */
export function mergeAgent(file: TeamFile, agent: TeamFile['agents'][number]): TeamAgent {
  const { defaults, xmtp: top } = file;
  const shared = defaults?.xmtp;
  const levels = [agent.xmtp, shared, top].filter((level): level is Level => level !== undefined && level !== null);
  const nearest = <Key extends keyof Level>(key: Key): NonNullable<Level[Key]> | null => {
    for (const level of levels) if (level[key] !== undefined && level[key] !== null) return level[key];
    return null;
  };
  const fill = ((text: string | null | undefined) =>
    text?.replaceAll('${name}', agent.name).replaceAll('${team}', teamName(file) ?? '${team}') ?? null) as Fill;
  return {
    name: agent.name,
    description: agent.description ?? null,
    skills: [...new Set([...(defaults?.skills ?? []), ...(agent.skills ?? [])])],
    wallet: fill(agent.env?.OWS_WALLET ?? defaults?.env?.OWS_WALLET),
    xmtp: {
      openMode: agent.xmtp?.openMode ?? agent.openMode ?? shared?.openMode ?? top?.openMode ?? false,
      boundary: nearest('boundary'),
      hears: nearest('hears'),
      wakes: nearest('wakes'),
      groups: nearest('groups'),
      mixedGroupAnswers: nearest('mixedGroupAnswers'),
      knocks: nearest('knocks'),
      droppedDays: nearest('droppedDays'),
      journalDays: nearest('journalDays'),
      messagesDays: nearest('messagesDays'),
      strangerBytes: nearest('strangerBytes'),
      attachments: nearest('attachments'),
      env: nearest('env'),
      apiUrl: nearest('apiUrl'),
      gatewayHost: nearest('gatewayHost'),
      hostsFile: fill(nearest('hostsFile')),
      passphraseFile: fill(nearest('passphraseFile')),
      delivery: deliveryOf(levels, fill),
      knockWebhook: knockWebhookOf(nearest('knockWebhook'), fill),
      signalFile: nearest('signalFile'),
      upload: uploadOf(nearest('upload'), fill),
      port: agent.xmtp?.port ?? null,
      for: hostsOf(nearest('for')),
      mcp: nearest('mcp'),
      workspace: fill(nearest('workspace')),
    },
  };
}

/** The name of a team, in either form. */
export function teamName({ team }: TeamFile): string | null {
  return typeof team === 'string' ? team : (team?.name ?? null);
}

function hostsOf(named: NonNullable<Level['for']> | null): XmtpSettings['for'] {
  return named === null ? null : [...new Set(typeof named === 'string' ? [named] : named)];
}

function knockWebhookOf(webhook: NonNullable<Level['knockWebhook']> | null, fill: Fill): XmtpSettings['knockWebhook'] {
  return webhook === null ? null : { url: fill(webhook.url), secretFile: fill(webhook.secretFile) };
}

function uploadOf(upload: NonNullable<Level['upload']> | null, fill: Fill): XmtpSettings['upload'] {
  if (upload === null) return null;
  const { url, urlFile, publicUrl, headersFile, s3, maxBytes } = upload;
  return {
    url: fill(url),
    urlFile: fill(urlFile),
    publicUrl: fill(publicUrl),
    headersFile: fill(headersFile),
    s3: s3 ? { keyId: s3.keyId, secretFile: fill(s3.secretFile), region: s3.region ?? null } : null,
    maxBytes: maxBytes ?? null,
  };
}

/** One target: the nearest level that names any says all of it. */
function deliveryOf(levels: readonly Level[], fill: Fill): XmtpSettings['delivery'] {
  for (const { webhook, agentUrl } of levels) {
    if (webhook) return { kind: 'webhook', url: fill(webhook.url), secretFile: fill(webhook.secretFile) };
    if (agentUrl) return { kind: 'rest-ap', url: fill(agentUrl) };
  }
  return null;
}
