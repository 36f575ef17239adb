import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isBaseError, printable } from '@xmtp-messaging/errors';
import { FileError } from '@xmtp-messaging/errors/files';
import type { RestoredHome } from '@xmtp-messaging/xmtp-core';
import type { Command } from 'commander';
import { CliError } from '../errors.ts';
import { createPrinter } from '../output/create-printer.ts';
import { chooseServer } from '../servers/choose-server.ts';
import { createMailboxClient } from '../servers/create-mailbox-client.ts';
import { findHome } from '../servers/find-home.ts';
import { readBackupSecret, readSeal } from '../servers/read-backup-secret.ts';
import { homeRoot } from '../servers/read-token.ts';
import { agentSettings, networkOf } from '../team/agent-settings.ts';
import { walletOf } from '../wallet/open-signer.ts';
import { type Context, type ServerFlags, withJson, withServer } from './context.ts';

const backupHelp = `
It holds the lists, keys and tokens, the audit log, the journal and all messages: whoever opens it can read them and be the operator. It is sealed with
age (age-encryption.org) by a passphrase of at least 12 characters, asked for at the terminal or read from a file, or for public keys. The agent
may go on meanwhile. The wallet is not in it, nor are .env and the team file: keep those by themselves. The file is there whole (0600) or not at all.`;

const restoreHelp = `
Registers a further installation (one of ten; the wallet signs once), with the history, the lists, keys and journal. The agent has no home here
before. What came and went since the backup is not in it; groups can be written to once another member has written there. Do not go on with the old home
as well: both would answer. Killed at any moment, ask for it again. Settings are those of the agent's server: OWS_WALLET, XMTP_ENV, XMTP_API_URL, XMTP_GATEWAY_HOST.`;

/** Longer than the largest backup takes. */
const backupWithinMs = 3_600_000;

interface BackupFlags extends ServerFlags {
  to: string;
  recipient?: readonly string[];
  passphraseFile?: string;
}

interface RestoreFlags {
  json: boolean;
  agent: string;
  team?: string;
  identity?: string;
  passphraseFile?: string;
  many: boolean;
}

/** `backup` and `restore`. */
export function addBackupCommands(program: Command, context: Context): void {
  const { terminal } = context;
  const backup = program
    .command('backup')
    .argument('[agent]', 'member of the team, wallet or address')
    .description('write what an agent needs to go on elsewhere into one sealed file')
    .requiredOption('--to <file>', 'a file that is not there yet')
    .option('--recipient <key...>', 'seal it for these public keys of age (age1…)')
    .option('--passphrase-file <file>', 'seal it by the passphrase in this file; - for standard input')
    .addHelpText('after', backupHelp);
  withServer(backup).action(async (argument: string | undefined, flags: BackupFlags) => {
    const print = createPrinter(terminal, flags);
    const agent = argument ?? flags.agent;
    // A pipe that breaks would leave a part, and whoever reads it would not know.
    if (flags.to === '-')
      throw new CliError({
        code: 'ARGUMENT_INVALID',
        shortMessage: 'A backup goes into a file: it is there whole, or not at all.',
      });
    const to = resolve(terminal.cwd, flags.to);
    const seal = await readSeal(flags, terminal);
    // Loaded when it is needed: it brings the SDK along.
    await import('@xmtp-messaging/glibc-compat/register');
    const { backupHome, openBackupPassage, writeBackup } = await import('@xmtp-messaging/xmtp-core');
    const ofServer = async () => {
      const { recipients, reseal } = await openBackupPassage(seal);
      const client = createMailboxClient(await chooseServer({ ...flags, agent }, terminal));
      const body = { recipients };
      const answer = await client.open({ method: 'POST', path: '/xmtp/backup', body, timeoutMs: backupWithinMs });
      if (answer.body === null || answer.headers.get('content-type') !== 'application/octet-stream')
        throw new CliError({ code: 'ANSWER_INVALID' });
      await writeBackup(to, await reseal(answer.body));
      return { server: client.server.url };
    };
    const ofHome = async () => {
      const home = await findHome(agent!, terminal);
      const { files, ...made } = await backupHome({ home, to, seal });
      return { ...made, home, files };
    };
    const made = await print.progress('Making a backup', async () => {
      if (flags.url !== undefined || agent === undefined) return await ofServer();
      // Whoever holds the home makes its backup.
      return await ofHome().catch((error: unknown) => {
        if (isBaseError(error) && error.code === 'LOCKED_BY_OTHER') return ofServer();
        throw error;
      });
    });
    print.value({ ok: true, to, ...made });
    print.line(`The backup is ${printable(to)}.`);
    print.note(
      'Try now whether it can be opened, and keep what opens it elsewhere: without it nothing can be restored.',
    );
  });

  const restore = program
    .command('restore')
    .argument('<file>', 'a backup')
    .description('make the home of an agent from a backup, as a further installation')
    .requiredOption('-a, --agent <name>', 'member of the team, or wallet')
    .option('-t, --team <file>', 'team file (default: team.yaml here or above)')
    .option('--identity <file>', 'the secret key of age that it was sealed for')
    .option('--passphrase-file <file>', 'the passphrase that it was sealed by; - for standard input')
    .option('--many', 'although 8 of 10 installations are used', false)
    .addHelpText('after', restoreHelp);
  withJson(restore).action(async (file: string, flags: RestoreFlags) => {
    const print = createPrinter(terminal, flags);
    const { env, wallet } = await agentSettings(flags.agent, { team: flags.team, terminal });
    const from = resolve(terminal.cwd, file);
    requireFile(from);
    const secret = await readBackupSecret(flags, terminal);
    const network = networkOf(env);
    await import('@xmtp-messaging/glibc-compat/register');
    const { restoreAgent } = await import('@xmtp-messaging/agent');
    const restored = await print.progress('Restoring', async (say) =>
      restoreAgent({
        wallet: walletOf(env, wallet),
        homeRoot: homeRoot(env),
        network,
        allowManyInstallations: flags.many,
        from,
        secret,
        onStep: (step) => say(words[step]),
      }),
    );
    print.value({ ok: true, ...restored });
    for (const line of linesOf(restored)) print.line(line);
  });
}

/** Before anything is asked for or made. @throws FileError */
function requireFile(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new FileError('PATH_MISSING', { path });
  if (!found.isFile()) throw new FileError('NOT_A_FOLDER', { path, detail: 'it is no file' });
}

const words = {
  unpack: 'Opening the backup',
  register: 'Registering the new installation',
  import: 'Taking in the messages',
  finish: 'Putting the home in its place',
};

function linesOf(found: RestoredHome): string[] {
  const { home, madeAt, received, pending, dead, unfinishedSends, silentGroups, formerInstallationId } = found;
  return [
    `${printable(home)} is as it was on ${new Date(madeAt).toISOString()}, as a further installation: ${received} messages, ${pending} pending, ${dead} dead.`,
    'Not in it: what came and went since then. What was received meanwhile cannot be read here.',
    ...(unfinishedSends === 0
      ? []
      : [`${unfinishedSends} sends were on their way: they may have been sent, and are not sent again.`]),
    ...(silentGroups === 0 ? [] : [`${silentGroups} groups can be written to once another member has written there.`]),
    `If the old home is gone, take its installation off: revoke-installations AGENT --id ${printable(formerInstallationId)}`,
  ];
}
