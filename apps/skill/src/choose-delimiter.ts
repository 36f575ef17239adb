import { randomBytes } from 'node:crypto';

/**
 * The line that ends the here-documents of a SKILL.md. A stranger who knew it could close one from within the words that
 * an agent copies, so it is random; one that is in use stays, so that a second deployment changes nothing.
 * @param present The SKILL.md in its place, `null` when there is none.
 * @param random @default 8 random bytes in hexadecimal
 */
export function chooseDelimiter(present: string | null, random = () => randomBytes(8).toString('hex')): string {
  return /<<'(XMTP_BODY_[0-9a-f]{16})'\n/u.exec(present ?? '')?.[1] ?? `XMTP_BODY_${random()}`;
}
