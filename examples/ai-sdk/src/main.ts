// An agent on the Vercel AI SDK: a message never gets its tools past the approval that the taint decides on.
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { type components, createClient, readEvents, unwrap } from '@xmtp-messaging/client';
import { generateText, isStepCount, tool } from 'ai';
import { z } from 'zod';

const { FILES = 'files', XMTP_URL = 'http://127.0.0.1:4101', XMTP_API_TOKEN } = process.env;
const { OPENAI_BASE_URL = 'https://api.openai.com/v1', OPENAI_API_KEY = '', MODEL = 'gpt-5-mini' } = process.env;

const model = createOpenAICompatible({ name: 'model', baseURL: OPENAI_BASE_URL, apiKey: OPENAI_API_KEY })(MODEL);
const mailbox = createClient({ baseUrl: XMTP_URL, token: XMTP_API_TOKEN });
const { prompt: rules } = await unwrap(mailbox.GET('/xmtp/prompt'));

const tools = {
  delete_file: tool({
    description: 'Deletes a file.',
    inputSchema: z.object({ name: z.string() }),
    execute: async ({ name }) => {
      await rm(join(FILES, basename(name)));
      return `Deleted ${basename(name)}.`;
    },
  }),
};

/** One run of the model. `taint` is that of the message it reads, `null` when its operator speaks. */
async function run(words: string, taint: components['schemas']['Message']['taint'] | null): Promise<string> {
  const { text } = await generateText({
    model,
    system: `You look after files.\n\n${rules}`,
    prompt: words,
    tools,
    // A message may ask for anything, and commands nothing, whoever sent it.
    toolApproval: {
      delete_file:
        taint === null ? 'approved' : { type: 'denied', reason: 'Refused: only my operator may delete files.' },
    },
    stopWhen: isStepCount(5),
  });
  return text;
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
