// An agent on the Claude Agent SDK: what asks for permission to use a tool is answered by the taint of what the model reads.
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { createSdkMcpServer, query, tool } from '@anthropic-ai/claude-agent-sdk';
import { type components, createClient, readEvents, unwrap } from '@xmtp-messaging/client';
import { z } from 'zod';

// It reads ANTHROPIC_API_KEY by itself.
const {
  FILES = 'files',
  XMTP_URL = 'http://127.0.0.1:4101',
  XMTP_API_TOKEN,
  MODEL = 'claude-sonnet-4-5',
  CLAUDE_PATH,
} = process.env;

const mailbox = createClient({ baseUrl: XMTP_URL, token: XMTP_API_TOKEN });
const { prompt: rules } = await unwrap(mailbox.GET('/xmtp/prompt'));

const deleteFile = tool('delete_file', 'Deletes a file.', { name: z.string() }, async ({ name }) => {
  await rm(join(FILES, basename(name)));
  return { content: [{ type: 'text', text: `Deleted ${basename(name)}.` }] };
});

/** One run of the model. `taint` is that of the message it reads, `null` when its operator speaks. */
async function run(words: string, taint: components['schemas']['Message']['taint'] | null): Promise<string> {
  const asked = query({
    prompt: words,
    options: {
      model: MODEL,
      // A Claude Code that is installed already, else the one that the SDK brings.
      ...(CLAUDE_PATH === undefined ? {} : { pathToClaudeCodeExecutable: CLAUDE_PATH }),
      systemPrompt: `You look after files.\n\n${rules}`,
      mcpServers: { files: createSdkMcpServer({ name: 'files', tools: [deleteFile] }) },
      // No shell and no files beside that one tool, and no settings of whoever is logged in here, which could allow more.
      tools: [],
      settingSources: [],
      strictMcpConfig: true,
      persistSession: false,
      // In any other mode Claude Code may decide by itself, and not ask.
      permissionMode: 'default',
      // A message may ask for anything, and commands nothing, whoever sent it.
      canUseTool: async (_name, input) =>
        taint === null
          ? { behavior: 'allow', updatedInput: input }
          : { behavior: 'deny', message: 'Refused: only my operator may delete files.' },
      maxTurns: 5,
    },
  });
  for await (const message of asked)
    if (message.type === 'result') return message.subtype === 'success' ? message.result : 'I could not do that.';
  return '';
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
