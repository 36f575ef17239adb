import type { Command } from 'commander';
import { formatTable } from '../output/format-table.ts';
import { type Context, type ServerFlags, serverOf, withServer } from './context.ts';

interface Conversation {
  id: string;
  type: string;
  title: string | null;
  peers: { address: string | null; name: string | null; inboxId: string }[];
  heard: boolean;
  unread: number;
  lastActivityAt: string;
}

/** `conversations`: with whom the agent talks. */
export function addConversationsCommand(program: Command, context: Context): void {
  const command = program.command('conversations').description('with whom the agent talks');
  withServer(command).action(async (flags: ServerFlags) => {
    const { client, print } = await serverOf(context, flags);
    const answer = await client.ask<{ conversations: Conversation[] }>({ path: '/xmtp/conversations' });
    print.value(answer);
    print.line(
      formatTable(answer.conversations, [
        { heading: 'ID', cell: ({ id }) => id },
        { heading: 'TYPE', cell: ({ type }) => type },
        { heading: 'WITH', cell: ({ title, peers }) => title ?? peers.map(nameOf).join(', ') },
        { heading: 'HEARD', cell: ({ heard }) => (heard ? 'yes' : 'no') },
        { heading: 'UNREAD', cell: ({ unread }) => unread },
        { heading: 'LAST', cell: ({ lastActivityAt }) => lastActivityAt },
      ]),
    );
  });
}

const nameOf = ({ name, address, inboxId }: Conversation['peers'][number]) => name ?? address ?? inboxId;
