import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { decodeText, printable } from '@xmtp-messaging/errors';
import { fromSystemError } from '@xmtp-messaging/errors/files';
import type { Command } from 'commander';
import { CliError } from '../errors.ts';
import { findTeamFile, requireTeamFile } from '../team/team-folder.ts';
import { teamAddress } from '../team/team-address.ts';
import type { Terminal } from '../terminal.ts';
import { sentAnswer } from '../servers/answers.ts';
import { type Context, type ServerFlags, serverOf, withServer } from './context.ts';

interface SendFlags extends ServerFlags {
  file?: string;
  key?: string;
  markdown: boolean;
}

const textHelp = `
The text is taken from the arguments, from --file, or from standard input. Arguments can be read by every user of this machine while the
command runs: use the others for what only the recipient should know. After a failure or a time-out repeat the command with the same
--key: the message is sent once.`;

/** `send` and `reply`. */
export function addSendCommands(program: Command, context: Context): void {
  const { terminal } = context;
  const send = program
    .command('send')
    .argument('<to>', 'ENS name, address, or member of the team')
    .argument('[text...]', 'the message; standard input when it is absent')
    .description('send a message');
  withText(send).action(async (to: string, words: string[], flags: SendFlags) => {
    const { client, print } = await serverOf(context, flags);
    const message = await textOf(terminal, words, flags);
    const team = flags.team === undefined ? findTeamFile(terminal.cwd) : requireTeamFile(terminal.cwd, flags.team);
    const address = team === null ? null : teamAddress(team, to);
    const request = { path: '/xmtp/send', method: 'POST', key: flags.key } as const;
    const body = { to: address ?? to, message, ...typeOf(flags) };
    const sent = await print.progress('Sending', async () => await client.ask(sentAnswer, { ...request, body }));
    print.value(sent);
    print.line(`Sent to ${printable(to)}${to === sent.to?.address ? '' : ` (${sent.to?.address})`}: ${sent.id}`);
    if (sent.heard === false) print.note('Its answers will not be heard: it is not on the allowlist.');
  });

  const reply = program
    .command('reply')
    .argument('<id>', 'id of the message, or its beginning')
    .argument('[text...]', 'the answer; standard input when it is absent')
    .description('answer a message');
  withText(reply).action(async (id: string, words: string[], flags: SendFlags) => {
    const { client, print } = await serverOf(context, flags);
    const message = await textOf(terminal, words, flags);
    const request = { path: `/xmtp/messages/${encodeURIComponent(id)}/reply`, method: 'POST', key: flags.key } as const;
    const body = { message, ...typeOf(flags) };
    const sent = await print.progress('Sending', async () => await client.ask(sentAnswer, { ...request, body }));
    print.value(sent);
    print.line(`Sent: ${sent.id}`);
  });
}

function withText(command: Command): Command {
  return withServer(command)
    .option('-f, --file <path>', 'file that holds the text')
    .option('-k, --key <key>', 'idempotency key')
    .option('--markdown', 'the text is Markdown', false)
    .addHelpText('after', textHelp);
}

const typeOf = ({ markdown }: SendFlags) => (markdown ? { contentType: 'markdown' } : {});

async function readTextFile(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw fromSystemError(path, error);
  });
  const decoded = decodeText(bytes);
  if (decoded.ok) return decoded.text;
  throw new CliError({ code: 'ARGUMENT_INVALID', shortMessage: `${printable(path)} ${decoded.why}.` });
}

async function textOf(terminal: Terminal, words: readonly string[], { file }: SendFlags): Promise<string> {
  if (words.length > 0) return words.join(' ');
  const text = file === undefined ? await terminal.readInput() : await readTextFile(resolve(terminal.cwd, file));
  // The line break that ends a file is the file's, not the message's.
  return text.replace(/\r?\n$/u, '');
}
