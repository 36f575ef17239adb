// An agent behind a webhook, with nothing but Node and a signature check: the server posts each message, and sends back what is answered.
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { basename, join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { Webhook } from 'standardwebhooks';

const { PORT = '8080', FILES = 'files', XMTP_URL = 'http://127.0.0.1:4101', XMTP_WEBHOOK_SECRET = '' } = process.env;
const { OPENAI_BASE_URL = 'https://api.openai.com/v1', OPENAI_API_KEY = '', MODEL = 'gpt-5-mini' } = process.env;

/** A message as the server posts it, in part. */
interface Message {
  /** The words of the sender inside the boundary; `null`: there is nothing to read. */
  text: string | null;
  /** Whose words they are, and that they carry no authority. */
  taint: { authority: 'none'; sender: 'allowlisted' | 'unknown' };
}

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

/** The tool that acts. While the model reads a message, it stays shut: a message may ask for anything, and commands nothing. */
async function deleteFile(name: string, taint: Message['taint'] | null): Promise<string> {
  if (taint !== null) return 'Refused: only my operator may delete files.';
  await rm(join(FILES, basename(name)));
  return `Deleted ${basename(name)}.`;
}

/** One run of the model. `taint` is that of the message it reads, `null` when its operator speaks. */
async function run(words: string, taint: Message['taint'] | null): Promise<string> {
  const rules = await fetch(`${XMTP_URL}/xmtp/prompt?format=text`).then((response) => response.text());
  const messages: object[] = [
    { role: 'system', content: `You look after files.\n\n${rules}` },
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

const signature = new Webhook(XMTP_WEBHOOK_SECRET);

async function answer(request: IncomingMessage): Promise<{ status: number; body?: { reply: string } }> {
  let body = '';
  for await (const part of request) body += String(part);
  try {
    // Whoever reaches this port could post a message; the secret tells the server.
    signature.verify(body, request.headers as Record<string, string>);
  } catch {
    return { status: 401 };
  }
  const { text, taint } = (JSON.parse(body) as { data: Message }).data;
  return text === null ? { status: 204 } : { status: 200, body: { reply: await run(text, taint) } };
}

const server = createServer((request, response) => {
  const respond = async () => {
    // What fails is asked again later.
    const { status, body } = await answer(request).catch(() => ({ status: 500, body: undefined }));
    response.writeHead(status, { 'content-type': 'application/json' }).end(body && JSON.stringify(body));
  };
  void respond();
});
server.listen(Number(PORT), '127.0.0.1', () => console.log('Ready.'));

// What is typed here comes from the operator, and carries no taint.
for await (const line of createInterface({ input: process.stdin })) console.log(await run(line, null));
