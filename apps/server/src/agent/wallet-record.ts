import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writePrivateFile } from './private-file.ts';

const recordSchema = z.object({ wallet: z.string(), vaultHome: z.string() });
const fileName = 'wallet.json';

/** Which wallet a home belongs to. */
export type WalletRecord = z.infer<typeof recordSchema>;

/**
 * Notes which wallet the home belongs to. A mailbox that is registered needs no signature any more, so with this note
 * it starts even while the vault is away.
 */
export async function recordWallet(home: string, record: WalletRecord): Promise<void> {
  await writePrivateFile(join(home, fileName), `${JSON.stringify(record)}\n`, { replace: true });
}

/** The address whose home was last opened with this wallet; `null` when there is none, or more than one. */
export async function recallAddress(homeRoot: string, record: WalletRecord): Promise<`0x${string}` | null> {
  const homes = await readdir(homeRoot).catch(() => []);
  const found: `0x${string}`[] = [];
  for (const name of homes) {
    if (!/^0x[0-9a-f]{40}$/u.test(name)) continue;
    const text = await readFile(join(homeRoot, name, fileName), 'utf8').catch(() => '');
    const known = recordSchema.safeParse(parseJson(text));
    if (known.success && known.data.wallet === record.wallet && known.data.vaultHome === record.vaultHome) {
      found.push(name as `0x${string}`);
    }
  }
  return found.length === 1 ? found[0]! : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
