import type { Command } from 'commander';
import { z } from 'zod';
import { formatTable } from '../output/format-table.ts';
import { type Context, type ServerFlags, serverOf, withServer } from './context.ts';

const named = z.looseObject({ address: z.string().nullable(), name: z.string().nullable(), inboxId: z.string() });
const conversation = z.looseObject({
  id: z.string(),
  type: z.string(),
  peers: z.array(named.extend({ heard: z.boolean() })),
  members: z.int(),
  heard: z.boolean(),
  unread: z.int(),
  lastActivityAt: z.string(),
});
const group = z.looseObject({
  permissions: z.looseObject({ preset: z.string(), policies: z.record(z.string(), z.string()) }),
  members: z.array(named.extend({ role: z.string(), listed: z.boolean(), self: z.boolean() })),
});
const conversationsAnswer = z.looseObject({ conversations: z.array(conversation) });
const conversationAnswer = conversation.extend({ group: group.nullable() });

type Named = z.infer<typeof named>;
type Conversation = z.infer<typeof conversation>;
type Group = z.infer<typeof group>;

/** `conversations`: with whom the agent talks; of a group, who is in it and who of them is listed. */
export function addConversationsCommand(program: Command, context: Context): void {
  const command = program
    .command('conversations')
    .description('with whom the agent talks; with an id, who is in a group and who of them is listed')
    .argument('[id]', 'a conversation');
  withServer(command).action(async (id: string | undefined, flags: ServerFlags) => {
    const { client, print } = await serverOf(context, flags);
    if (id === undefined) {
      const answer = await client.ask(conversationsAnswer, { path: '/xmtp/conversations' });
      print.value(answer);
      print.line(listOf(answer.conversations));
      return;
    }
    const path = `/xmtp/conversations/${encodeURIComponent(id)}`;
    const found = await client.ask(conversationAnswer, { path });
    print.value(found);
    print.line(found.group === null ? listOf([found]) : membersOf(found.group));
  });
}

const listOf = (conversations: readonly Conversation[]) =>
  formatTable(conversations, [
    { heading: 'ID', cell: ({ id }) => id },
    { heading: 'TYPE', cell: ({ type }) => type },
    // No title: anybody in a group may have chosen it, and an agent may be reading this. It is in the JSON.
    { heading: 'WITH', cell: ({ peers }) => peers.map(nameOf).join(', ') },
    { heading: 'HEARD', cell: ({ heard }) => (heard ? 'yes' : 'no') },
    { heading: 'LISTED', cell: listedOf },
    { heading: 'UNREAD', cell: ({ unread }) => unread },
    { heading: 'LAST', cell: ({ lastActivityAt }) => lastActivityAt },
  ]);

/** Of the others in a group; more than fifty are not looked at. */
function listedOf({ type, peers, members }: Conversation): string {
  if (type !== 'group') return '';
  const listed = peers.filter(({ heard }) => heard).length;
  return `${listed}${members - 1 > peers.length ? '+' : ''} of ${members - 1}`;
}

const membersOf = ({ permissions, members }: Group) => {
  const table = formatTable(members, [
    { heading: 'NAME', cell: ({ name, self }) => (self ? '(this agent)' : (name ?? '')) },
    { heading: 'ADDRESS', cell: ({ address, inboxId }) => address ?? inboxId },
    { heading: 'ROLE', cell: ({ role }) => role },
    { heading: 'LISTED', cell: ({ listed, self }) => (listed ? 'yes' : self ? '' : 'no') },
  ]);
  const policies = Object.entries(permissions.policies).map(([action, holder]) => `${action}: ${holder}`);
  return `${table}\npermissions (${permissions.preset}): ${policies.join(', ')}`;
};

const nameOf = ({ name, address, inboxId }: Named) => name ?? address ?? inboxId;
