// An agent that speaks REST-AP, as id-agents does: `POST /talk` takes a question, `GET /news` has its end. Each conversation keeps its memory.
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { basename, join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';

const { PORT = '8080', FILES = 'files', XMTP_URL = 'http://127.0.0.1:4101' } = process.env;
const { OPENAI_BASE_URL = 'https://api.openai.com/v1', OPENAI_API_KEY = '', MODEL = 'gpt-5-mini' } = process.env;

/** Whose words a model reads, and that they carry no authority. */
interface Taint {
  authority: 'none';
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

/** What a model has read: words of others stay in it, and so does their taint. */
interface Memory {
  messages: object[];
  taint: Taint | null;
}

const rules = await fetch(`${XMTP_URL}/xmtp/prompt?format=text`).then((response) => response.text());
const begin = (taint: Taint | null): Memory => ({
  messages: [{ role: 'system', content: `You look after files.\n\n${rules}` }],
  taint,
});

/** The tool that acts. A message may ask for anything, and commands nothing, whoever sent it. */
async function deleteFile(name: string, taint: Taint | null): Promise<string> {
  if (taint !== null) return 'Refused: only my operator may delete files.';
  await rm(join(FILES, basename(name)));
  return `Deleted ${basename(name)}.`;
}

/** One turn of a conversation. */
async function run(words: string, { messages, taint }: Memory): Promise<string> {
  messages.push({ role: 'user', content: words });
  for (let step = 0; step < 5; step += 1) {
    const said = await ask(messages);
    messages.push({ role: 'assistant', ...said });
    if (said.tool_calls === undefined) return said.content ?? '';
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

/** What `POST /talk` brings, in part. A question of the mailbox has the facts of the message under `xmtp`. */
interface Question {
  message: string;
  session_id?: string;
  xmtp?: { taint: Taint };
}

const sessions = new Map<string, Memory>();
const news: object[] = [];

/** Takes a question; how it ended is told in the news. */
function talk({ message, session_id: sessionId = randomUUID(), xmtp }: Question): { query_id: string } {
  const queryId = randomUUID();
  // Whatever comes through this door comes from others: no taint would be no proof that the operator speaks.
  const memory = sessions.get(sessionId) ?? begin(xmtp?.taint ?? { authority: 'none' });
  sessions.set(sessionId, memory);
  const tell = (type: string, data: object) =>
    news.push({ type, timestamp: Date.now(), query_id: queryId, data: { query_id: queryId, ...data } });
  run(message, memory).then(
    (text) => tell('query.completed', { result: { text, sessionId } }),
    () => tell('query.failed', { error: 'The model did not answer.' }),
  );
  return { query_id: queryId };
}

async function answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  let body = '';
  for await (const part of request) body += String(part);
  const since = Number(searchParams.get('since') ?? 0);
  switch (`${request.method} ${pathname}`) {
    case 'POST /talk':
      return { status: 202, body: talk(JSON.parse(body) as Question) };
    case 'GET /news':
      return {
        status: 200,
        body: {
          items: news.filter((item) => (item as { timestamp: number }).timestamp > since),
          timestamp: Date.now(),
        },
      };
    case 'POST /clear':
      // There is no last session to forget: each question names its own.
      return { status: 200, body: { ok: true } };
    case 'GET /.well-known/restap.json':
      return {
        status: 200,
        body: { restap_version: '1.0', agent: { name: 'keeper', description: 'Looks after files.' } },
      };
    default:
      return { status: 404, body: {} };
  }
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
for await (const line of createInterface({ input: process.stdin })) console.log(await run(line, begin(null)));
