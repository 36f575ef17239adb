import { timerMs } from '@xmtp-messaging/errors';
import { InvalidArgumentError, type Command } from 'commander';
import { exitCodes } from '../exit-codes.ts';
import { showMessage } from '../output/show-message.ts';
import type { Printer } from '../output/create-printer.ts';
import { doneAnswer, messageAnswer, messagePageAnswer } from '../servers/answers.ts';
import { createPageWaiter } from '../servers/create-page-waiter.ts';
import { type Context, type ServerFlags, serverOf, withServer } from './context.ts';

const longestWait = 30;

const sayAway = (print: Printer) => print.note('The server is away. Waiting for it.');

/** `inbox`, `wait` and `read`. */
export function addReadCommands(program: Command, context: Context): void {
  const { terminal } = context;
  const inbox = program
    .command('inbox')
    .description('messages that the agent has not dealt with')
    .option('-f, --follow', 'go on with what comes', false)
    .option('--all', 'also what is dealt with', false)
    .option('-n, --limit <count>', 'at most so many', whole, 100)
    .addHelpText('after', '\nWith --json: one object a line.');
  withServer(inbox).action(async (flags: ServerFlags & { follow: boolean; all: boolean; limit: number }) => {
    const { client, print } = await serverOf(context, flags);
    const state = flags.all ? '' : '&state=pending';
    const page = await client.ask(messagePageAnswer, { path: `/xmtp/messages?limit=${flags.limit}${state}` });
    for (const message of page.messages) showMessage(print, message);
    if (page.messages.length === 0 && !flags.follow) print.line('Nothing is pending.');
    if (page.more && !flags.follow) print.note('There are more: raise --limit.');
    if (!flags.follow) return;
    const stop = new AbortController();
    const off = terminal.onSignal(() => stop.abort());
    const nextPage = createPageWaiter({ client, signal: stop.signal, onAway: () => sayAway(print) });
    try {
      for (let after = page.cursor; !stop.signal.aborted;) {
        const next = await nextPage({ after, more: state, seconds: longestWait });
        for (const message of next?.messages ?? []) showMessage(print, message);
        after = next?.cursor ?? after;
      }
    } finally {
      off();
    }
  });

  const wait = program
    .command('wait')
    .description('wait until a message is pending, and print what is')
    .option('--timeout <seconds>', 'give up after so long; 0: never', whole, 0)
    .option('-n, --limit <count>', 'at most so many', whole, 10)
    .addHelpText(
      'after',
      '\nFor agents that have to be woken. Exits with 4 when nothing came. Acknowledge with `read --ack`.',
    );
  withServer(wait).action(async (flags: ServerFlags & { timeout: number; limit: number }) => {
    const { client, print } = await serverOf(context, flags);
    const stop = new AbortController();
    const off = terminal.onSignal(() => stop.abort());
    const limit =
      flags.timeout === 0
        ? stop.signal
        : AbortSignal.any([stop.signal, AbortSignal.timeout(timerMs(flags.timeout * 1000))]);
    const nextPage = createPageWaiter({ client, signal: limit, onAway: () => sayAway(print) });
    try {
      while (!limit.aborted) {
        const more = `&state=pending&limit=${flags.limit}`;
        const seconds = flags.timeout === 0 ? longestWait : Math.min(flags.timeout, longestWait);
        const page = await nextPage({ after: 0, more, seconds });
        for (const message of page?.messages ?? []) showMessage(print, message);
        if ((page?.messages.length ?? 0) > 0) return;
      }
      context.exitWith(exitCodes.nothing);
    } finally {
      off();
    }
  });

  const read = program
    .command('read')
    .argument('<id>', 'id of the message')
    .description('print one message')
    .option('--ack', 'and take it as dealt with', false);
  withServer(read).action(async (id: string, flags: ServerFlags & { ack: boolean }) => {
    const { client, print } = await serverOf(context, flags);
    const path = `/xmtp/messages/${encodeURIComponent(id)}`;
    showMessage(print, await client.ask(messageAnswer, { path }));
    if (flags.ack) await client.ask(doneAnswer, { path: `${path}/ack`, method: 'POST', body: {} });
  });
}

/** A whole number of the command line. */
function whole(text: string): number {
  if (/^\d{1,9}$/u.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number.');
}
