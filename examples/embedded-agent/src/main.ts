// An agent in one file, without a server: the mailbox is in its own process. `OWS_WALLET=my-agent node src/main.ts alice.eth` hears Alice.
import '@xmtp-messaging/glibc-compat/register'; // Not needed where glibc is 2.38 or later.
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { AgentMessage } from '@xmtp-messaging/agent';

const { openAgent } = await import('@xmtp-messaging/agent');
const { OWS_WALLET = 'my-agent', OWS_HOME, XMTP_HOME, XMTP_API_URL, XMTP_GATEWAY_HOST, XMTP_HOSTS_FILE } = process.env;
const { FILES = 'files' } = process.env;
const { OPENAI_BASE_URL = 'https://api.openai.com/v1', OPENAI_API_KEY = '', MODEL = 'gpt-5-mini' } = process.env;

const agent = await openAgent({
  wallet: { name: OWS_WALLET, home: OWS_HOME },
  homeRoot: XMTP_HOME,
  network: {
    env: XMTP_API_URL === undefined ? 'production' : 'local',
    apiUrl: XMTP_API_URL,
    gatewayHost: XMTP_GATEWAY_HOST,
  },
  names: { hostsFile: XMTP_HOSTS_FILE },
});
for (const friend of process.argv.slice(2)) await agent.allow(friend);

/** Whose words a model reads, and that they carry no authority. */
type Taint = AgentMessage['taint'];

/** What the model says, in part. */
interface Said {
  content: string | null;
  tool_calls?: { id: string; function: { name: string; arguments: string } }[];
}

const tools = [
  {
    type: 'function',
    function: {
      name: 'delete_file',
      description: 'Deletes a file.',
      parameters: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
    },
  },
];

/** The tool that acts. A message may ask for anything, and commands nothing, whoever sent it. */
async function deleteFile(name: string, taint: Taint | null): Promise<string> {
  if (taint !== null) return 'Refused: only my operator may delete files.';
  await rm(join(FILES, basename(name)));
  return `Deleted ${basename(name)}.`;
}

/** One run of the model. `taint` is that of the message it reads, `null` when its operator speaks. */
async function run(words: string, taint: Taint | null): Promise<string> {
  const messages: object[] = [
    { role: 'system', content: `You look after files.\n\n${agent.prompt()}` },
    { role: 'user', content: words },
  ];
  for (let step = 0; step < 5; step += 1) {
    const said = await ask(messages);
    if (said.tool_calls === undefined) return said.content ?? '';
    messages.push({ role: 'assistant', ...said });
    for (const { id, function: called } of said.tool_calls) {
      const { name } = JSON.parse(called.arguments) as { name: string };
      messages.push({ role: 'tool', tool_call_id: id, content: await deleteFile(name, taint) });
    }
  }
  return 'That took too many steps.';
}

async function ask(messages: object[]): Promise<Said> {
  const response = await fetch(`${OPENAI_BASE_URL}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${OPENAI_API_KEY}` },
    body: JSON.stringify({ model: MODEL, messages, tools }),
  });
  if (!response.ok) throw new Error(`The model answered ${response.status}.`);
  const { choices } = (await response.json()) as { choices: [{ message: Said }] };
  return choices[0].message;
}

agent.onMessage(async (message, { reply }) => {
  // What throws is tried again; what was answered is answered once.
  if (message.text !== null) await reply(await run(message.text, message.taint));
});

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => void agent.close().finally(() => process.exit()));
console.log(`Ready. ${agent.address} hears ${agent.status().allowlist.count} friends.`);

// What is typed here comes from the operator, and carries no taint.
for await (const line of createInterface({ input: process.stdin })) console.log(await run(line, null));
