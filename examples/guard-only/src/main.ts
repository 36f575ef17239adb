// Only the guard, in front of any other source of messages: here a form that posts `{address, text}`. No XMTP anywhere.
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { basename, join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { createAdmission, createBoundary, type Taint } from '@xmtp-messaging/inbound-guard';

const { PORT = '8080', FILES = 'files', FRIENDS = '' } = process.env;
const { OPENAI_BASE_URL = 'https://api.openai.com/v1', OPENAI_API_KEY = '', MODEL = 'gpt-5-mini' } = process.env;

const friends = new Set(FRIENDS.toLowerCase().split(' '));
const admission = createAdmission({ isAllowed: (address) => friends.has(address) });
const boundary = createBoundary();

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
    { role: 'system', content: `You look after files.\n\n${boundary.systemPrompt()}` },
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

async function answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
  let body = '';
  for await (const part of request) body += String(part);
  const { address, text } = JSON.parse(body) as { address: string; text: string };
  const now = Date.now();
  const message = {
    messageId: randomUUID().replaceAll('-', ''),
    conversationId: address,
    conversationType: 'dm' as const,
    senderInboxId: address,
    // That it is really this address is for the form to find out, before.
    senderAddresses: [address],
    contentType: 'xmtp.org/text:1.0',
    contentBytes: Buffer.byteLength(text),
    sentAt: now,
    receivedAt: now,
  };
  const verdict = admission.admit(message);
  // A stranger learns nothing.
  if (!verdict.admit) return { status: 202, body: {} };
  const wrapped = boundary.wrap({ ...message, text, sender: verdict.sender });
  return { status: 200, body: { reply: await run(wrapped.text, wrapped.taint) } };
}

const server = createServer((request, response) => {
  const respond = async () => {
    const { status, body } = await answer(request).catch(() => ({ status: 400, body: {} }));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  void respond();
});
server.listen(Number(PORT), '127.0.0.1', () => console.log('Ready.'));

// What is typed here comes from the operator, and carries no taint.
for await (const line of createInterface({ input: process.stdin })) console.log(await run(line, null));
