import type { Command } from 'commander';
import { linkAnswer } from '../servers/answers.ts';
import { createMailboxClient } from '../servers/create-mailbox-client.ts';
import { findPage } from '../servers/find-page.ts';
import { createPrinter } from '../output/create-printer.ts';
import { type Context, type ServerFlags, withServer } from './context.ts';

const help = `
The link is good once, for two minutes, and whoever has it is the operator. It is printed and not opened: the arguments of a
browser are seen by every user of the machine.`;

/** `open`: a link to the operator's page. */
export function addOpenCommand(program: Command, { terminal }: Context): void {
  const command = program
    .command('open')
    .argument('[agent]', 'agent of the team, wallet or address (default: the whole team)')
    .description("print a link to the operator's page, good once")
    .addHelpText('after', help);
  withServer(command).action(async (agent: string | undefined, flags: ServerFlags) => {
    const print = createPrinter(terminal, flags);
    const server = await findPage({ ...flags, agent: agent ?? flags.agent }, terminal);
    const { path, expiresInSeconds } = await createMailboxClient(server).ask(linkAnswer, {
      method: 'POST',
      path: '/xmtp/page/links',
    });
    const url = new URL(path, server.url).href;
    print.value({ ok: true, url, expiresInSeconds });
    print.line(url);
    print.note(
      `Open it in a browser on this machine within ${Math.floor(expiresInSeconds / 60)} minutes. It works once.`,
    );
  });
}
