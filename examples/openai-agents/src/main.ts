// An agent on the OpenAI Agents SDK: a guardrail of the tool decides by the taint of what the model reads.
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { Agent, defineToolInputGuardrail, run as runAgent, setTracingDisabled, tool } from '@openai/agents';
import { type components, createClient, readEvents, unwrap } from '@xmtp-messaging/client';
import { z } from 'zod';

const { FILES = 'files', XMTP_URL = 'http://127.0.0.1:4101', XMTP_API_TOKEN, MODEL = 'gpt-5-mini' } = process.env;

const mailbox = createClient({ baseUrl: XMTP_URL, token: XMTP_API_TOKEN });
const { prompt: rules } = await unwrap(mailbox.GET('/xmtp/prompt'));
// Traces would carry what people wrote to us to somebody else.
setTracingDisabled(true);

/** What a run knows beside the words; the model does not see it. */
interface Origin {
  taint: components['schemas']['Message']['taint'] | null;
}

/** A message may ask for anything, and commands nothing, whoever sent it. */
const gate = defineToolInputGuardrail<Origin>({
  name: 'gate',
  run: async ({ context }) => ({
    behavior:
      context.context.taint === null
        ? { type: 'allow' }
        : { type: 'rejectContent', message: 'Refused: only my operator may delete files.' },
  }),
});

const agent = new Agent<Origin>({
  // It reads OPENAI_API_KEY and OPENAI_BASE_URL by itself.
  model: MODEL,
  name: 'Keeper',
  instructions: `You look after files.\n\n${rules}`,
  tools: [
    tool({
      name: 'delete_file',
      description: 'Deletes a file.',
      parameters: z.object({ name: z.string() }),
      inputGuardrails: [gate],
      execute: async ({ name }) => {
        await rm(join(FILES, basename(name)));
        return `Deleted ${basename(name)}.`;
      },
    }),
  ],
});

/** One run of the model. `taint` is that of the message it reads, `null` when its operator speaks. */
async function run(words: string, taint: Origin['taint']): Promise<string> {
  const { finalOutput } = await runAgent(agent, words, { context: { taint } });
  return finalOutput ?? '';
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
