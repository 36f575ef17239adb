/**
 * A number that orders glibc versions: `2.2.5` < `2.34` < `2.38`; `null` for anything that is not a version.
 * Accepts a plain version (`2.36`) or a symbol version (`GLIBC_2.2.5`).
 */
export function glibcOrder(version: string): number | null {
  const match = /^(?:GLIBC_)?(\d{1,3})\.(\d{1,3})(?:\.(\d{1,3}))?$/.exec(version);
  if (match === null) return null;
  const [major, minor, patch] = [match[1], match[2], match[3] ?? '0'].map(Number) as [number, number, number];
  return major * 1e6 + minor * 1e3 + patch;
}
