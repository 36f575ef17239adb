import { printable } from '@xmtp-messaging/errors';
import type { Printer } from '../output/create-printer.ts';
import { addedAnswer, doneAnswer } from '../servers/answers.ts';
import type { MailboxClient } from '../servers/create-mailbox-client.ts';

/** Flags of the commands that change a list. */
export interface ListFlags {
  label?: string;
  remove: boolean;
  group?: boolean;
}

/** Puts a group on the list of groups, or takes it off. */
export async function changeGroupList(options: {
  client: MailboxClient;
  print: Printer;
  group: string;
  flags: Pick<ListFlags, 'label' | 'remove'>;
}): Promise<void> {
  const { client, print, group, flags } = options;
  const path = `/xmtp/grouplist/${encodeURIComponent(group)}`;
  if (flags.remove) {
    print.value(await client.ask(doneAnswer, { path, method: 'DELETE' }));
    print.line(`The group ${printable(group)} is not listed any more.`);
    return;
  }
  const body = flags.label === undefined ? {} : { label: flags.label };
  const done = await client.ask(addedAnswer, { path, method: 'PUT', body });
  print.value(done);
  print.line(`The group ${printable(group)} ${done.added ? 'is' : 'was already'} listed.`);
}
