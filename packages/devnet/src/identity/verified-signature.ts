import type { Member } from './member.ts';

/** A signature that was checked against the text of its update. */
export interface VerifiedSignature {
  readonly signer: Member;
  /** Chain of a contract wallet; `null` for every other kind. */
  readonly chainId: number | null;
  /** Canonical bytes in hex: two encodings of one signature give the same key. */
  readonly replayKey: string;
}
