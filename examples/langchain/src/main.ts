// An agent on LangChain: a middleware around its tools decides by the taint of what the model reads.
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { ChatOpenAI } from '@langchain/openai';
import { type components, createClient, readEvents, unwrap } from '@xmtp-messaging/client';
import { createAgent, createMiddleware, tool, ToolMessage } from 'langchain';
import { z } from 'zod';

const { FILES = 'files', XMTP_URL = 'http://127.0.0.1:4101', XMTP_API_TOKEN, MODEL = 'gpt-5-mini' } = process.env;

const mailbox = createClient({ baseUrl: XMTP_URL, token: XMTP_API_TOKEN });
const { prompt: rules } = await unwrap(mailbox.GET('/xmtp/prompt'));

const deleteFile = tool(
  async ({ name }: { name: string }) => {
    await rm(join(FILES, basename(name)));
    return `Deleted ${basename(name)}.`;
  },
  { name: 'delete_file', description: 'Deletes a file.', schema: z.object({ name: z.string() }) },
);

/** Tools that act. A message may ask for anything, and commands nothing, whoever sent it. */
const acting = new Set(['delete_file']);
const gate = createMiddleware({
  name: 'gate',
  contextSchema: z.object({ taint: z.object({ authority: z.literal('none') }).nullable() }),
  wrapToolCall: (request, handler) => {
    const { id, name } = request.toolCall;
    if (request.runtime.context.taint === null || !acting.has(name)) return handler(request);
    return new ToolMessage({ tool_call_id: id ?? '', content: 'Refused: only my operator may delete files.' });
  },
});

const agent = createAgent({
  // It reads OPENAI_API_KEY and OPENAI_BASE_URL by itself.
  model: new ChatOpenAI({ model: MODEL }),
  systemPrompt: `You look after files.\n\n${rules}`,
  tools: [deleteFile],
  middleware: [gate],
});

/** One run of the model. `taint` is that of the message it reads, `null` when its operator speaks. */
async function run(words: string, taint: components['schemas']['Message']['taint'] | null): Promise<string> {
  const { messages } = await agent.invoke({ messages: [{ role: 'user', content: words }] }, { context: { taint } });
  return messages.at(-1)?.text ?? '';
}

async function answerMail(): Promise<void> {
  // They begin with the oldest that nobody acknowledged.
  for await (const { type, message } of readEvents(mailbox, { signal: new AbortController().signal })) {
    const { id, text, taint } = message;
    if (type === 'record') continue;
    const path = { id };
    if (text !== null) {
      // With a key that comes from the message, an answer is sent once, also after a crash.
      const params = { path, header: { 'idempotency-key': `answer-${id}` } };
      const body = { message: await run(text, taint) };
      await unwrap(mailbox.POST('/xmtp/messages/{id}/reply', { params, body }));
    }
    await unwrap(mailbox.POST('/xmtp/messages/{id}/ack', { params: { path } }));
  }
}

/** What is typed here comes from the operator, and carries no taint. */
async function obeyOperator(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) console.log(await run(line, null));
}

console.log('Ready.');
await Promise.all([answerMail(), obeyOperator()]);
