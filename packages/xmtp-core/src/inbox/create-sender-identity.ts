import type { Address } from '../types.ts';
import { createAnswers } from '../util/create-answers.ts';

/** What the rule asks the network. */
export interface IdentitySource {
  fetchIdentity(inboxId: string): Promise<{ addresses: readonly string[] }>;
  /** One question for all of them. An address that leads nowhere is left out. */
  inboxIdsOf(addresses: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** The addresses that speak for an inbox. */
export interface SenderAddresses {
  addresses: readonly Address[];
  /** Whether each of them is known to lead back to the inbox. */
  areVerified: boolean;
}

export interface ResolveSender {
  /** Verifies nothing when none of the addresses may be heard. */
  (inboxId: string): Promise<SenderAddresses>;
  /** Verifies in any case. */
  readonly verified: (inboxId: string) => Promise<SenderAddresses>;
}

/** An inbox has at most 256 identity updates, so no more addresses. */
const maxAddresses = 256;
/** Of a sender who cannot be heard, for the operator. */
const maxShown = 16;

/**
 * An address counts for an inbox only when the inbox lists it and the network maps it back to this same
 * inbox: an address that moved on stays listed in its old inbox.
 * Answers are kept for at most `ttlMs`; failures are not kept, so that nothing is decided on them.
 */
export function createSenderIdentity(options: {
  source: IdentitySource;
  /** Whether an address may be heard at all. @default any may */
  mayBeHeard?: ((address: Address) => boolean) | undefined;
  /** Milliseconds that have passed, on a clock that cannot be set. */
  elapsed: () => number;
  /** @default 60_000 */
  ttlMs?: number | undefined;
}): ResolveSender {
  const { source, mayBeHeard = () => true, elapsed, ttlMs = 60_000 } = options;
  // Kept apart: whoever is put on the list a moment after he was asked for is verified then.
  const listed = createAnswers<readonly Address[]>({ elapsed, ttlMs });
  const leadingBack = createAnswers<readonly Address[]>({ elapsed, ttlMs });

  const listedBy = (inboxId: string) =>
    listed(inboxId, async () => (await source.fetchIdentity(inboxId)).addresses as readonly Address[]);
  const verified = async (inboxId: string): Promise<SenderAddresses> => {
    const claimed = (await listedBy(inboxId)).slice(0, maxAddresses);
    const addresses = await leadingBack(inboxId, async () => {
      if (claimed.length === 0) return [];
      // Those that matter come first, in case not all are answered for.
      const ordered = claimed.toSorted((a, b) => Number(mayBeHeard(b)) - Number(mayBeHeard(a)));
      const owners = await source.inboxIdsOf(ordered);
      return claimed.filter((address) => owners.get(address) === inboxId);
    });
    return { addresses, areVerified: true };
  };
  const resolve = async (inboxId: string): Promise<SenderAddresses> => {
    const claimed = await listedBy(inboxId);
    if (claimed.some(mayBeHeard)) return await verified(inboxId);
    return { addresses: claimed.slice(0, maxShown), areVerified: false };
  };
  return Object.assign(resolve, { verified });
}
