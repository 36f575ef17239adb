import { isBlockedPort } from '@xmtp-messaging/errors/network';
import { z } from 'zod';
import { describeValue } from './describe-issue.ts';

/** How inbound messages are marked as untrusted. */
export const boundaryModes = ['delimit', 'datamark', 'json', 'encode'] as const;

/** Kinds of messages, as the server names them. */
export const messageKinds = [
  'text',
  'markdown',
  'reply',
  'reaction',
  'readReceipt',
  'attachment',
  'remoteAttachment',
  'multiRemoteAttachment',
  'transactionReference',
  'walletSendCalls',
  'actions',
  'intent',
  'groupUpdated',
  'leaveRequest',
  'deleteMessage',
  'custom',
] as const;

/** In which groups listed senders are heard. */
export const groupModes = ['listed-senders', 'listed-groups', 'off'] as const;

/** What becomes of what somebody wrote before he was admitted. */
export const knockModes = ['dropped', 'shown'] as const;

/** When files that lie elsewhere are fetched. */
export const fetchPolicies = ['never', 'on-request', 'images'] as const;

/** Programs that an agent runs in, which look for skills in places of their own. */
export const hostNames = ['claude', 'codex', 'openclaw', 'cursor', 'generic'] as const;

/** XMTP networks. */
export const networks = ['local', 'dev', 'production'] as const;

/** A mode is never guessed. */
export const openMode = z.boolean({
  error: ({ input }) => `must be true or false without quotes, not ${describeValue(input)}`,
});
const url = z
  .string()
  .refine((text) => /^https?:\/\/[^\s\p{C}'"]+$/iu.test(text) && URL.canParse(text), 'must be an http or https URL');
const file = z
  .string()
  .regex(/^[^\p{C}'"]+$/u, 'must be the path of a file, without quotes in it')
  .meta({ description: 'Relative to the folder of the team file, or absolute. `${name}` is the name of the agent.' });

const template = url.refine((text) => text.includes('{digest}'), 'must hold {digest}');
const plainWord = z.string().regex(/^[\w.+/=-]{1,256}$/u, 'must be one word');

const kinds = z.array(z.enum(messageKinds));
const host = z.enum(hostNames);

const settings = {
  openMode: openMode.nullish().meta({ description: 'Hear everybody, not only listed senders. Default: false.' }),
  boundary: z.enum(boundaryModes).nullish().meta({ description: 'How messages are marked as untrusted.' }),
  hears: kinds.nullish().meta({ description: 'Kinds of messages that are heard. Default: all.' }),
  wakes: kinds.nullish().meta({ description: 'Kinds of messages that wake the agent; others are listed.' }),
  groups: z
    .enum(groupModes)
    .nullish()
    .meta({ description: 'In which groups listed senders are heard. Default: listed-senders, which is all of them.' }),
  mixedGroupAnswers: z
    .boolean()
    .nullish()
    .meta({ description: 'Answer by itself where somebody who is not heard reads along. Default: false.' }),
  knocks: z
    .enum(knockModes)
    .nullish()
    .meta({ description: 'What becomes of what somebody wrote before he was admitted. Default: dropped.' }),
  droppedDays: z.int().min(0).max(3_650).nullish().meta({ description: 'How long dropped text is kept. Default: 30.' }),
  journalDays: z
    .int()
    .min(0)
    .max(3_650)
    .nullish()
    .meta({ description: 'How long what was handled is listed; 0: always. Default: 30.' }),
  messagesDays: z
    .union([z.literal(0), z.int().min(8).max(3_650)])
    .nullish()
    .meta({ description: 'How long messages are kept, at least 8 days; 0: always. Default: 0.' }),
  strangerBytes: z
    .int()
    .min(10_000)
    .max(1_000_000_000_000)
    .nullish()
    .meta({ description: 'Bytes that strangers may store in a day. Default: 20000000.' }),
  attachments: z
    .enum(fetchPolicies)
    .nullish()
    .meta({ description: 'When files that lie elsewhere are fetched. Default: on-request.' }),
  env: z.enum(networks).nullish().meta({ description: 'The XMTP network. Default: production.' }),
  apiUrl: url.nullish().meta({ description: 'A node instead of the one that env implies.' }),
  gatewayHost: url.nullish().meta({ description: 'The gateway of the decentralised network.' }),
  hostsFile: file.nullish(),
  passphraseFile: file.nullish(),
  webhook: z
    .strictObject({ url, secretFile: file.nullish() })
    .nullish()
    .meta({ description: 'Where accepted messages are posted. The secret stays in a file of its own, mode 0600.' }),
  knockWebhook: z
    .strictObject({ url, secretFile: file })
    .nullish()
    .meta({ description: 'Where the operator is told who knocks. A secret of its own, in a file, mode 0600.' }),
  signalFile: z
    .boolean()
    .nullish()
    .meta({ description: 'Keep inbox/pending in the home while mail is pending. Default: false.' }),
  upload: z
    .strictObject({
      url: template.nullish().meta({ description: 'Where files are put, with `{digest}` in its path.' }),
      urlFile: file.nullish().meta({ description: 'File that holds it, where it allows writing.' }),
      publicUrl: template.nullish().meta({ description: 'Where others read them. Default: `url` without its query.' }),
      headersFile: file.nullish().meta({ description: 'File with a JSON object of further headers.' }),
      s3: z
        .strictObject({ keyId: plainWord, secretFile: file, region: plainWord.nullish() })
        .nullish()
        .meta({ description: 'Sign as S3 wants it. The secret stays in a file of its own, mode 0600.' }),
      maxBytes: z.int().min(1).max(100_000_000).nullish().meta({ description: 'Largest file. Default: 10,000,000.' }),
    })
    .refine(
      ({ url: place, urlFile }) => (typeof place === 'string') !== (typeof urlFile === 'string'),
      'must have one of url and urlFile',
    )
    .nullish()
    .meta({ description: 'Where files go that are sent from elsewhere, encrypted.' }),
  agentUrl: url.nullish().meta({ description: 'A REST-AP agent: messages go to {url}/talk.' }),
  for: z
    .union([host, z.array(host)])
    .nullish()
    .meta({ description: 'What the agent runs in: the skill is also put where these look.' }),
  mcp: z.boolean().nullish().meta({ description: 'Also add the mailbox to their MCP servers. Default: false.' }),
  workspace: file.nullish().meta({
    description:
      'Folder in which the agent runs. Default: that of the team file, or `.agents/NAME` where the team has several agents.',
  }),
};

/** The port as well, which only an agent has. */
const port = z
  .int()
  .min(1)
  .max(65_535)
  .refine((each) => !isBlockedPort(each), 'is a port that web clients refuse to call; choose another')
  .nullish()
  .meta({ description: 'Where the server of the agent listens. Default: assigned, and kept.' });

/** Settings under `xmtp` at the top level and in `defaults`. */
export const sharedXmtp = z.strictObject(settings, { error: portIsPerAgent }).superRefine(oneTarget);

/** Settings under `xmtp` of an agent. */
export const agentXmtp = z.strictObject({ ...settings, port }).superRefine(oneTarget);

function oneTarget({ webhook, agentUrl }: { webhook?: unknown; agentUrl?: unknown }, context: z.RefinementCtx): void {
  if (!webhook || !agentUrl) return;
  const message = 'a webhook and a REST-AP agent are both set; keep one';
  context.addIssue({ code: 'custom', path: ['agentUrl'], message });
}

function portIsPerAgent(issue: { code?: string; keys?: unknown }): string | undefined {
  const keys = issue.code === 'unrecognized_keys' && Array.isArray(issue.keys) ? issue.keys : [];
  return keys.includes('port') ? 'only an agent has a "port"' : undefined;
}
