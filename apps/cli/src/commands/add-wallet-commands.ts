import type { Command } from 'commander';
import { printable, quoteInput } from '@xmtp-messaging/errors';
import { CliError } from '../errors.ts';
import { createPrinter } from '../output/create-printer.ts';
import { formatTable } from '../output/format-table.ts';
import { createVault } from '../wallet/create-vault.ts';
import { type Context, withJson } from './context.ts';

/** `wallet`: what is in the OWS vault. */
export function addWalletCommands(program: Command, { terminal }: Context): void {
  const vault = () => createVault(terminal.env['HOME'] ?? '/');
  const find = async (name: string) => {
    const wallets = await vault().list();
    const found = wallets.find((wallet) => wallet.id === name) ?? wallets.find((wallet) => wallet.name === name);
    if (found !== undefined) return found;
    throw new CliError({
      code: 'WALLET_MISSING',
      shortMessage: `The vault has no wallet with the id or exact name ${quoteInput(name)}.`,
      metaMessages: ['See `wallet list`. Names are case-sensitive.'],
    });
  };
  const wallet = program.command('wallet').description('wallets of the OWS vault; keys stay in it');

  const create = wallet.command('create').argument('<name>', 'name of the wallet').description('make a wallet');
  withJson(create).action(async (name: string, flags: { json: boolean }) => {
    const print = createPrinter(terminal, flags);
    const made = await print.progress('Making a wallet', async () => await vault().create(name));
    print.value({ ok: true, ...made });
    print.line(`${printable(made.name)}  ${made.evmAddress ?? '-'}`);
    print.note('It has no passphrase: whoever can read its file has the key.');
  });

  withJson(wallet.command('list').description('all wallets')).action(async (flags: { json: boolean }) => {
    const print = createPrinter(terminal, flags);
    const wallets = await vault().list();
    print.value({ wallets });
    print.line(
      formatTable(wallets, [
        { heading: 'NAME', cell: ({ name }) => name },
        { heading: 'ADDRESS', cell: ({ evmAddress }) => evmAddress ?? null },
        { heading: 'ID', cell: ({ id }) => id },
      ]),
    );
  });

  const address = wallet.command('address').argument('<name>', 'name or id').description('the Ethereum address');
  withJson(address).action(async (name: string, flags: { json: boolean }) => {
    const print = createPrinter(terminal, flags);
    const found = await find(name);
    print.value({ ...found });
    print.line(found.evmAddress ?? '-');
  });
}
