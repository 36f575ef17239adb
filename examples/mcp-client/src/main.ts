// An agent on the Model Context Protocol: its mailbox is a server of tools, and what a tool brings may be the words of others.
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { type CallToolResult, Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const { FILES = 'files', XMTP_URL = 'http://127.0.0.1:4101', XMTP_API_TOKEN } = process.env;
const { OPENAI_BASE_URL = 'https://api.openai.com/v1', OPENAI_API_KEY = '', MODEL = 'gpt-5-mini' } = process.env;

const mailbox = new Client({ name: 'keeper', version: '1.0.0' });
const headers: Record<string, string> =
  XMTP_API_TOKEN === undefined ? {} : { authorization: `Bearer ${XMTP_API_TOKEN}` };
await mailbox.connect(new StreamableHTTPClientTransport(new URL(`${XMTP_URL}/mcp`), { requestInit: { headers } }));

/** What the model says, in part. */
interface Said {
  content: string | null;
  tool_calls?: { id: string; function: { name: string; arguments: string } }[];
}

/** What the model may call: all tools of the mailbox, and one of our own. */
const { tools: ofMailbox } = await mailbox.listTools();
const tools = [
  ...ofMailbox.map(({ name, description, inputSchema }) => ({
    type: 'function',
    function: { name, description, parameters: inputSchema },
  })),
  {
    type: 'function',
    function: {
      name: 'delete_file',
      description: 'Deletes a file.',
      parameters: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
    },
  },
];

/** The words of a result, and whether others wrote any of them. */
function read({ content }: CallToolResult): { words: string; isTainted: boolean } {
  const blocks = content.filter((block) => block.type === 'text');
  return {
    words: blocks.map(({ text }) => text).join('\n\n'),
    isTainted: content.some(({ _meta: meta }) => meta?.['xmtp-messaging/taint'] !== undefined),
  };
}

/** One run of the model. `isTainted`: it begins with words of others; it may also come to read them later. */
async function run(words: string, isTainted: boolean): Promise<string> {
  let isOpen = !isTainted;
  const call = async (name: string, args: Record<string, unknown>): Promise<string> => {
    if (name !== 'delete_file') {
      const result = read(await mailbox.callTool({ name, arguments: args }));
      // From here on nothing in this run is the operator's word any more.
      isOpen &&= !result.isTainted;
      return result.words;
    }
    if (!isOpen) return 'Refused: only my operator may delete files.';
    const file = basename(String(args['name']));
    await rm(join(FILES, file));
    return `Deleted ${file}.`;
  };

  const messages: object[] = [
    // The instructions of the server hold the rules of the boundary.
    { role: 'system', content: `You look after files.\n\n${mailbox.getInstructions() ?? ''}` },
    { role: 'user', content: words },
  ];
  for (let step = 0; step < 5; step += 1) {
    const said = await ask(messages);
    if (said.tool_calls === undefined) return said.content ?? '';
    messages.push({ role: 'assistant', ...said });
    for (const { id, function: called } of said.tool_calls) {
      const args = JSON.parse(called.arguments) as Record<string, unknown>;
      messages.push({ role: 'tool', tool_call_id: id, content: await call(called.name, args) });
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

async function answerMail(): Promise<never> {
  for (;;) {
    const wait = { name: 'wait_for_message', arguments: { timeoutSeconds: 30, limit: 1 } };
    const waited = await mailbox.callTool(wait);
    const { messages } = waited.structuredContent as { messages: { id: string }[] };
    for (const { id: messageId } of messages) {
      const message = await run(read(waited).words, true);
      // With a key that comes from the message, an answer is sent once, also after a crash.
      const answer = { messageId, message, idempotencyKey: `answer-${messageId}` };
      await mailbox.callTool({ name: 'reply', arguments: answer });
      // Only now it leaves the queue: it is the oldest there.
      await mailbox.callTool({ name: 'read_messages', arguments: { limit: 1, acknowledge: true } });
    }
  }
}

/** What is typed here comes from the operator. */
async function obeyOperator(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) console.log(await run(line, false));
}

console.log('Ready.');
await Promise.all([answerMail(), obeyOperator()]);
