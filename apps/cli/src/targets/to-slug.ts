import { createHash } from 'node:crypto';

const maxLength = 36;

/**
 * A label of DNS for a name: itself where it is one, else what is left of it and a hash, so that no two names get the same.
 * Short enough for what engines put behind it.
 */
export function toSlug(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '');
  if (plain === name && plain !== '' && plain.length <= maxLength) return plain;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 10);
  return `${plain.slice(0, maxLength - 11).replace(/-+$/u, '') || 'x'}-${hash}`;
}
