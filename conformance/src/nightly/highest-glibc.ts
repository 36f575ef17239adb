/** The newest glibc that a native library names, such as `2.25`; `null` where it names none. */
export function highestGlibc(library: Buffer): string | null {
  const named = library.toString('latin1').matchAll(/GLIBC_(\d+)\.(\d+)/gu);
  const highest = [...named].reduce(
    (most, [, major, minor]) => Math.max(most, Number(major) * 1_000 + Number(minor)),
    0,
  );
  return highest === 0 ? null : `${Math.trunc(highest / 1_000)}.${highest % 1_000}`;
}
