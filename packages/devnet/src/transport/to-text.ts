/** A header that came once. */
export function toText(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? header : null;
}
