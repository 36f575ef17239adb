import { printable } from '@xmtp-messaging/errors';
import { Argument, type Command } from 'commander';
import { formatTable } from '../output/format-table.ts';
import { addedAnswer, doneAnswer, knocksAnswer, listAnswer } from '../servers/answers.ts';
import type { MailboxClient } from '../servers/create-mailbox-client.ts';
import { teamAddress } from '../team/team-address.ts';
import { findTeamFile, requireTeamFile } from '../team/team-folder.ts';
import { changeGroupList, type ListFlags } from './change-group-list.ts';
import { type Context, type ServerFlags, serverOf, withServer } from './context.ts';

/** `allow`, `deny`, `list` and `knocks`: who may write to the agent. */
export function addListCommands(program: Command, context: Context): void {
  for (const [name, list, what] of [
    ['allow', 'allowlist', 'hear somebody'],
    ['deny', 'denylist', 'never hear somebody'],
  ] as const) {
    const command = program
      .command(name)
      .argument(
        '<who>',
        name === 'allow'
          ? 'ENS name, address, member of the team, or id of a group'
          : 'ENS name, address, or member of the team',
      )
      .description(`${what}: put them on the ${list}`)
      .option('--label <words>', 'what to call them, for who has no name')
      .option('--remove', `take them off the ${list}`, false);
    if (name === 'allow') command.option('--group', 'it is a group: list the group, not a person', false);
    withServer(command).action(async (who: string, flags: ServerFlags & ListFlags) => {
      const { client, print } = await serverOf(context, flags);
      if (flags.group === true) return await changeGroupList({ client, print, group: who, flags });
      const entry = memberAddress(context, flags, who) ?? who;
      const path = `/xmtp/${list}/${encodeURIComponent(entry)}`;
      if (flags.remove) {
        print.value(await client.ask(doneAnswer, { path, method: 'DELETE' }));
        print.line(`${printable(who)} is not on the ${list} any more.`);
        return;
      }
      const label = flags.label ?? (entry === who ? undefined : who);
      const body = label === undefined ? {} : { label };
      const done = await client.ask(addedAnswer, { path, method: 'PUT', body });
      print.value(done);
      print.line(`${printable(who)} (${done.entry.address}) ${done.added ? 'is' : 'was already'} on the ${list}.`);
    });
  }

  const list = program
    .command('list')
    .addArgument(new Argument('[list]', 'which list').choices(['allow', 'deny', 'group']).default('allow'))
    .description('who is on the allowlist or the denylist, and which groups are listed');
  withServer(list).action(async (which: string, flags: ServerFlags) => {
    const { client, print } = await serverOf(context, flags);
    const path = `/xmtp/${which}list?limit=10000`;
    const answer = await client.ask(listAnswer, { path });
    print.value(answer);
    if (answer.error !== null) print.note(`The list is in doubt: ${printable(answer.error.message)}`);
    print.line(
      formatTable(answer.entries, [
        {
          heading: which === 'group' ? 'GROUP' : 'ADDRESS',
          cell: ({ address, conversationId }) => address ?? conversationId ?? null,
        },
        { heading: 'NAME', cell: ({ name }) => name },
      ]),
    );
  });

  const knocks = program
    .command('knocks')
    .description('who was not heard, how often and why')
    .option('--from <inbox>', 'of one inbox alone: each group that it added the agent to')
    .option('--after <place>', '`next` of the page before');
  withServer(knocks).action(async (flags: ServerFlags & { from?: string; after?: string }) => {
    const { client, print } = await serverOf(context, flags);
    const page = await readKnocks(client, flags);
    const found = page.knocks;
    print.value(page);
    print.line(
      formatTable(found, [
        { heading: 'ADDRESS', cell: ({ addresses }) => addresses.join(' ') || null },
        { heading: 'REASON', cell: ({ reason }) => reason },
        { heading: 'KIND', cell: ({ kind }) => kind },
        { heading: 'COUNT', cell: ({ count, atLeast }) => `${count}${atLeast ? '+' : ''}` },
        { heading: 'GROUPS', cell: ({ groups }) => (groups === 0 ? null : String(groups)) },
        {
          heading: 'BY',
          cell: ({ invitedBy, listed }) => `${invitedBy.join(' ')}${listed ? ' (listed)' : ''}` || null,
        },
        { heading: 'LAST', cell: ({ lastAt }) => lastAt },
      ]),
    );
    if (page.next !== null) print.note(`There are more: --after ${printable(page.next)}`);
  });
}

async function readKnocks(client: MailboxClient, place: { from?: string; after?: string } = {}) {
  const query = new URLSearchParams({ limit: '1000' });
  if (place.from !== undefined) query.set('from', place.from);
  if (place.after !== undefined) query.set('after', place.after);
  return await client.ask(knocksAnswer, { path: `/xmtp/knocks?${query.toString()}` });
}

/** A member of the team by the name that it has there; `null` when it is none. */
function memberAddress({ terminal }: Context, { team }: ServerFlags, who: string): string | null {
  const file = team === undefined ? findTeamFile(terminal.cwd) : requireTeamFile(terminal.cwd, team);
  return file === null ? null : teamAddress(file, who);
}
