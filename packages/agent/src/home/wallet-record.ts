import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readPrivateFileSync, writeDurably } from '@xmtp-messaging/errors/files';
import { z } from 'zod';

const recordSchema = z.object({
  wallet: z.string(),
  vaultHome: z.string(),
  /** Whether the wallet once signed without a passphrase: seen only when it signs, which is seldom. */
  withoutPassphrase: z.boolean().optional(),
});
const fileName = 'wallet.json';

/** Which wallet a home belongs to. */
export type WalletRecord = z.infer<typeof recordSchema>;

/**
 * Notes which wallet the home belongs to. A mailbox that is registered needs no signature any more, so with this note
 * it starts even while the vault is away. Of the same wallet it stays noted that it has no passphrase.
 */
export async function recordWallet(home: string, record: WalletRecord): Promise<void> {
  const path = join(home, fileName);
  const before = readRecord(path);
  const { wallet, vaultHome } = record;
  const withoutPassphrase = record.withoutPassphrase === true || hasNoPassphrase(home, record);
  const text = `${JSON.stringify({ wallet, vaultHome, ...(withoutPassphrase ? { withoutPassphrase } : {}) })}\n`;
  if (before !== text) await writeDurably(path, text);
}

/** Whether it was noted that this wallet has no passphrase. */
export function hasNoPassphrase(home: string, { wallet, vaultHome }: WalletRecord): boolean {
  const known = recordSchema.safeParse(parseJson(readRecord(join(home, fileName))));
  const isSame = known.success && known.data.wallet === wallet && known.data.vaultHome === vaultHome;
  return isSame && known.data.withoutPassphrase === true;
}

/** The address whose home was last opened with this wallet; `null` when there is none, or more than one. */
export async function recallAddress(homeRoot: string, record: WalletRecord): Promise<`0x${string}` | null> {
  const homes = await readdir(homeRoot).catch(() => []);
  const found: `0x${string}`[] = [];
  for (const name of homes) {
    if (!/^0x[0-9a-f]{40}$/u.test(name)) continue;
    const text = readRecord(join(homeRoot, name, fileName));
    const known = recordSchema.safeParse(parseJson(text));
    if (known.success && known.data.wallet === record.wallet && known.data.vaultHome === record.vaultHome) {
      found.push(name as `0x${string}`);
    }
  }
  return found.length === 1 ? found[0]! : null;
}

/** A note that is missing, or that others may have written, is none. */
function readRecord(path: string): string {
  try {
    return readPrivateFileSync(path)?.bytes.toString('utf8') ?? '';
  } catch {
    return '';
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
