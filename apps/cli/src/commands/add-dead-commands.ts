import type { Command } from 'commander';
import { CliError } from '../errors.ts';
import { formatTable } from '../output/format-table.ts';
import { messagePageAnswer, replayAnswer } from '../servers/answers.ts';
import { type Context, type ServerFlags, serverOf, withServer } from './context.ts';

/** `dead` and `replay`: what could not be delivered to the agent. */
export function addDeadCommands(program: Command, context: Context): void {
  const dead = program.command('dead').description('messages that could not be delivered to the agent, and why');
  withServer(dead).action(async (flags: ServerFlags) => {
    const { client, print } = await serverOf(context, flags);
    const page = await client.ask(messagePageAnswer, { path: '/xmtp/dead?limit=1000' });
    print.value(page);
    print.line(
      formatTable(page.messages, [
        { heading: 'ID', cell: ({ id }) => id },
        { heading: 'FROM', cell: ({ from }) => from.name ?? from.address },
        { heading: 'SENT', cell: ({ sentAt }) => sentAt },
        { heading: 'LAST ERROR', cell: ({ lastError }) => lastError ?? null },
      ]),
    );
  });

  const replay = program
    .command('replay')
    .argument('[id]', 'id of a dead letter')
    .description('deliver a dead letter again')
    .option('--all', 'the oldest 1,000 of them', false);
  withServer(replay).action(async (id: string | undefined, flags: ServerFlags & { all: boolean }) => {
    if ((id === undefined) !== flags.all)
      throw new CliError({ code: 'ARGUMENT_INVALID', shortMessage: 'Name a dead letter, or give --all.' });
    const { client, print } = await serverOf(context, flags);
    const path = id === undefined ? '/xmtp/dead/replay' : `/xmtp/dead/${encodeURIComponent(id)}/replay`;
    const done = await client.ask(replayAnswer, { path, method: 'POST', body: {} });
    print.value(done);
    print.line(`${done.replayed ?? 1} will be delivered again.`);
  });
}
