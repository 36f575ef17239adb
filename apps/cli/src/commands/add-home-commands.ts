import { join, resolve } from 'node:path';
import { printable } from '@xmtp-messaging/errors';
import { moveHome } from '@xmtp-messaging/xmtp-core';
import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { createPrinter } from '../output/create-printer.ts';
import { findHome } from '../servers/find-home.ts';
import { type Context, withJson } from './context.ts';

const moveHelp = `
Stop the server of the agent before. The folder must not be there yet; carry it to the other machine, as ~/.xmtp/ADDRESS, and start the agent there.
What is left here refuses from then on (MOVED): two that go on as one would lose messages. A move that was cut off goes on when it is asked for again.`;

const auditHelp = `
Each line of audit.log holds the hash of the one before. A cut end shows in no chain: keep the hash that is printed elsewhere, and give it with --head next time.
Exits with 1 when a line is not as it was written, or when --head is in no line.`;

/** `move` and `audit verify`: what is done with the files of a home, without a server. */
export function addHomeCommands(program: Command, context: Context): void {
  const { terminal } = context;
  const move = program
    .command('move')
    .argument('<agent>', 'member of the team, wallet or address')
    .argument('<folder>', 'where its home goes on')
    .description('move the home of an agent that is stopped to another folder')
    .addHelpText('after', moveHelp);
  withJson(move).action(async (agent: string, folder: string, flags: { json: boolean }) => {
    const print = createPrinter(terminal, flags);
    const home = await findHome(agent, terminal);
    const to = resolve(terminal.cwd, folder);
    const moved = await print.progress('Moving the home', async () => await moveHome({ home, to }));
    print.value({ ok: true, ...moved });
    print.line(`${printable(moved.address)} goes on in ${printable(moved.to)}.`);
    print.note(`What is left in ${printable(home)} refuses from now on, and may be removed.`);
  });

  const audit = program.command('audit').description('who changed what trust, and when');
  const verify = audit
    .command('verify')
    .argument('<agent>', 'member of the team, wallet or address')
    .option('--head <hash>', 'a hash that was printed before, and must still be there')
    .description('whether the audit log is as it was written')
    .addHelpText('after', auditHelp);
  withJson(verify).action(async (agent: string, flags: { json: boolean; head?: string }) => {
    const print = createPrinter(terminal, flags);
    // Loaded when it is needed: it brings all of an agent along.
    const { auditFile, verifyAuditLog } = await import('@xmtp-messaging/agent');
    const { ok, lines, head, brokenAt } = verifyAuditLog(join(await findHome(agent, terminal), auditFile));
    const hasHead = flags.head === undefined || lines.some(({ hash }) => hash === flags.head);
    print.value({ ok: ok && hasHead, lines: lines.length, head, brokenAt, hasHead });
    if (!ok) print.line(`Line ${brokenAt} of the audit log is not as it was written; ${lines.length} before it are.`);
    else if (!hasHead) print.line('The line with this hash is not there any more: the log was cut or replaced.');
    else print.line(`${lines.length} lines, all as they were written. Keep this hash elsewhere: ${head}`);
    if (!ok || !hasHead) context.exitWith(exitCodes.failed);
  });
}
