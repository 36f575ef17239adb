import type { Command } from 'commander';
import { CliError } from '../errors.ts';
import { formatTable } from '../output/format-table.ts';
import { type Context, type ServerFlags, serverOf, withServer } from './context.ts';

interface Conversation {
  id: string;
  type?: string;
  name?: string | null;
  peer?: { address: string | null; name: string | null } | null;
  lastMessageAt?: string | null;
}

/** `conversations`: with whom the agent talks. */
export function addConversationsCommand(program: Command, context: Context): void {
  const command = program.command('conversations').description('with whom the agent talks');
  withServer(command).action(async (flags: ServerFlags) => {
    const { client, print } = await serverOf(context, flags);
    const answer = await client
      .ask<{ conversations: Conversation[] }>({ path: '/xmtp/conversations' })
      .catch((error: unknown) => {
        if (!(error instanceof CliError) || error.facts['serverCode'] !== 'ROUTE_NOT_FOUND') throw error;
        throw new CliError({
          code: 'SERVER_REFUSED',
          shortMessage: 'This server does not tell its conversations.',
          metaMessages: ['Update it.'],
          facts: error.facts,
        });
      });
    print.value(answer);
    print.line(
      formatTable(answer.conversations, [
        { heading: 'ID', cell: ({ id }) => id },
        { heading: 'TYPE', cell: ({ type }) => type ?? null },
        { heading: 'WITH', cell: ({ name, peer }) => name ?? peer?.name ?? peer?.address ?? null },
        { heading: 'LAST', cell: ({ lastMessageAt }) => lastMessageAt ?? null },
      ]),
    );
  });
}
