import { serveStdio } from '@modelcontextprotocol/server/stdio';
import {
  type AskMailbox,
  createMailNews,
  createMcpFactory,
  lookByAsking,
  readMailboxAnswer,
} from '@xmtp-messaging/server/mcp';
import type { Command } from 'commander';
import { CliError } from '../errors.ts';
import { objectAnswer } from '../servers/answers.ts';
import type { MailboxClient } from '../servers/create-mailbox-client.ts';
import { version } from '../version.ts';
import { type Context, type ServerFlags, serverOf, withServer } from './context.ts';

/** `mcp`: the tools of a mailbox on standard input and output, for hosts that start their servers themselves. */
export function addMcpCommand(program: Command, context: Context): void {
  const { terminal } = context;
  const mcp = program.command('mcp').description('serve the tools of a running mailbox to an MCP host, over stdio');
  withServer(mcp).action(async (flags: ServerFlags) => {
    const { client } = await serverOf(context, flags);
    const ended = Promise.withResolvers<void>();
    const ask = askOver(client);
    // A server that is away is asked again.
    const news = createMailNews({ look: lookByAsking(ask) });
    const handle = serveStdio(createMcpFactory({ version, askFor: () => ask, newsFor: () => news }), {
      onerror: (error) => terminal.stderr.write(`${error.message}\n`),
    });
    terminal.onInputEnd(() => ended.resolve());
    await ended.promise;
    await handle.close();
  });
}

/** A refusal is an answer for the tools, not the end of the program; so is a server that is away for a while. */
function askOver(client: MailboxClient): AskMailbox {
  return async (call) => {
    try {
      if (call.maxFileBytes !== undefined) return await readMailboxAnswer(await client.open(call), call);
      return { status: 200, body: await client.ask(objectAnswer, call) };
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      const { shortMessage: detail, metaMessages, code } = error;
      const { status = 503, serverCode = code } = error.facts as { status?: number; serverCode?: string };
      return { status, body: { code: serverCode, detail, hint: metaMessages.join(' ') } };
    }
  };
}
