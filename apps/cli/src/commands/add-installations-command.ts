import { quoteInput } from '@xmtp-messaging/errors';
import { describeHome, homePath } from '@xmtp-messaging/xmtp-core';
import type { Command } from 'commander';
import { CliError } from '../errors.ts';
import { agrees } from '../output/agrees.ts';
import { createPrinter } from '../output/create-printer.ts';
import { formatTable } from '../output/format-table.ts';
import { homeRoot } from '../servers/read-token.ts';
import { agentSettings, networkOf } from '../team/agent-settings.ts';
import { openSigner } from '../wallet/open-signer.ts';
import { type Context, withJson } from './context.ts';

interface Flags {
  json: boolean;
  team?: string;
  id: readonly string[];
  others: boolean;
  yes: boolean;
}

const help = `
Without --id and --others it lists what may write in the name of the agent. What is revoked is so for good: it reads and writes nothing more.
The wallet signs once; it costs one of the 256 identity updates of the inbox. The installation of the home that is here is not revoked
unless it is named with --id. Settings are those of the agent's server: OWS_WALLET, XMTP_ENV, XMTP_API_URL, XMTP_GATEWAY_HOST.`;

/** `revoke-installations`: who may write in the name of an agent, and how to end that. */
export function addInstallationsCommand(program: Command, context: Context): void {
  const { terminal } = context;
  const command = program
    .command('revoke-installations')
    .argument('<agent>', 'member of the team, or wallet')
    .description('list the installations of an agent, or revoke some')
    .option('--id <id...>', 'revoke these', [])
    .option('--others', 'revoke all but the one of the home that is here', false)
    .option('-y, --yes', 'do not ask', false)
    .option('-t, --team <file>', 'team file (default: team.yaml here or above)')
    .addHelpText('after', help);
  withJson(command).action(async (agent: string, flags: Flags) => {
    const print = createPrinter(terminal, flags);
    const { env, wallet } = await agentSettings(agent, { team: flags.team, terminal });
    const signer = await openSigner(env, { wallet, onWarning: () => {} });
    const network = networkOf(env);
    // Loaded when it is needed: it brings the SDK along.
    await import('@xmtp-messaging/glibc-compat/register');
    const { listInstallations, revokeInstallations } = await import('@xmtp-messaging/xmtp-core');
    const here = describeHome(homePath(signer.address, { root: homeRoot(env) }))?.installationId ?? null;
    const found = await print.progress('Asking the network', async () =>
      listInstallations({ network, address: signer.address }),
    );
    const installations = (found?.installations ?? []).map((each) => ({ ...each, here: each.id === here }));
    const chosen = choose(installations, flags);
    if (
      chosen.length > 0 &&
      !flags.yes &&
      !(await agrees(terminal, `Revoke ${chosen.length} installations for good? [y/N] `))
    )
      throw new CliError({
        code: 'NOT_AGREED',
        shortMessage: `Nobody agreed to revoke ${chosen.length} installations.`,
      });
    const revoked =
      chosen.length === 0
        ? []
        : await print.progress('Revoking', async () =>
            revokeInstallations({ network, signer, installationIds: chosen }),
          );
    print.value({ ok: true, address: signer.address, inboxId: found?.inboxId ?? null, installations, revoked });
    print.line(
      formatTable(installations, [
        { heading: 'INSTALLATION', cell: ({ id }) => id },
        { heading: 'SINCE', cell: ({ registeredAt }) => since(registeredAt) },
        { heading: 'HERE', cell: (each) => (each.here ? 'yes' : '') },
        { heading: 'NOW', cell: ({ id }) => (revoked.includes(id) ? 'revoked' : '') },
      ]),
    );
  });
}

const since = (at: number | null): string => (at === null ? '-' : new Date(at).toISOString());

function choose(
  installations: readonly { id: string; here: boolean }[],
  { id: ids, others }: Pick<Flags, 'id' | 'others'>,
): string[] {
  const wanted = new Set(ids.map((id) => id.toLowerCase()));
  const unknown = ids.find((id) => !installations.some((each) => each.id === id.toLowerCase()));
  if (unknown !== undefined)
    throw new CliError({
      code: 'ARGUMENT_INVALID',
      shortMessage: `The inbox has no installation ${quoteInput(unknown)}.`,
      metaMessages: ['Run it without --id to see which it has.'],
    });
  if (others && !installations.some(({ here }) => here))
    throw new CliError({
      code: 'ARGUMENT_INVALID',
      shortMessage: 'No installation of this inbox is of a home that is here, so --others would leave none.',
      metaMessages: ['Name each with --id.'],
    });
  return installations.filter(({ id, here }) => wanted.has(id) || (others && !here)).map(({ id }) => id);
}
