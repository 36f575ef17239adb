import { resolve } from 'node:path';
import { readPrivateFileSync } from '@xmtp-messaging/errors/files';
import type { BackupSeal, BackupSecret } from '@xmtp-messaging/xmtp-core';
import { CliError } from '../errors.ts';
import type { Terminal } from '../terminal.ts';

/** How a passphrase is given: in a file, `-` for standard input, or at the terminal. Never as an argument, which every user of the machine sees. */
export interface PassphraseFlags {
  passphraseFile?: string | undefined;
}

/** What shall open a backup. @throws CliError ARGUMENT_INVALID, FileError */
export async function readSeal(
  { recipient = [], ...flags }: PassphraseFlags & { recipient?: readonly string[] | undefined },
  terminal: Terminal,
): Promise<BackupSeal> {
  if (recipient.length > 0) return { recipients: recipient };
  return { passphrase: await readPassphrase(flags, terminal, { twice: true }) };
}

/** What opens a backup. @throws CliError ARGUMENT_INVALID, FileError */
export async function readBackupSecret(
  { identity: path, ...flags }: PassphraseFlags & { identity?: string | undefined },
  terminal: Terminal,
): Promise<BackupSecret> {
  if (path === undefined) return { passphrase: await readPassphrase(flags, terminal, { twice: false }) };
  // As age-keygen writes it.
  const lines = readText(path, terminal).split('\n');
  const identity = lines.map((line) => line.trim()).find((line) => line !== '' && !line.startsWith('#'));
  if (identity === undefined) throw invalid('The file of --identity holds no key.');
  return { identity };
}

async function readPassphrase(
  { passphraseFile }: PassphraseFlags,
  terminal: Terminal,
  { twice }: { twice: boolean },
): Promise<string> {
  if (passphraseFile !== undefined) {
    const text = passphraseFile === '-' ? await terminal.readInput() : readText(passphraseFile, terminal);
    return text.replace(/\r?\n$/u, '');
  }
  const passphrase = await terminal.askSecret('Passphrase of the backup: ');
  if (passphrase === null) {
    throw invalid(
      'Nobody is at a terminal to give the passphrase.',
      'Give --passphrase-file FILE, or - for standard input.',
    );
  }
  if (twice && (await terminal.askSecret('Once more: ')) !== passphrase) throw invalid('The two are not the same.');
  return passphrase;
}

function readText(path: string, { cwd }: Terminal): string {
  const file = readPrivateFileSync(resolve(cwd, path), { others: 'nothing', followLinks: true });
  if (file === null) throw invalid('The file is not there.');
  return file.bytes.toString('utf8');
}

const invalid = (shortMessage: string, hint?: string) =>
  new CliError({ code: 'ARGUMENT_INVALID', shortMessage, metaMessages: hint === undefined ? [] : [hint] });
