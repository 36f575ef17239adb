import { type ElfImage, readElfImage, type VersionNeed } from './read-elf-image.ts';
import { GlibcCompatError } from './errors.ts';
import { glibcOrder } from './glibc-order.ts';

/** One little-endian value to write into the file. */
export interface Edit {
  /** Bytes from the start of the file. */
  offset: number;
  /** Bytes. */
  size: 2 | 4;
  /** Unsigned. */
  value: number;
}

/** How to plan. */
export interface PlanPatchOptions {
  /** Version of the host's glibc, such as `2.36`. */
  glibc: string;
}

/** The oldest version of glibc's symbols, by ELF machine: x86-64 and AArch64. */
const baseVersion = new Map([
  [62, 'GLIBC_2.2.5'],
  [183, 'GLIBC_2.17'],
]);
const libc = 'libc.so.6';
const isoPrefix = '__isoc23_';
const renamed = new Set([`${isoPrefix}strtol`, `${isoPrefix}strtoul`]);
const weak = 2; // VER_FLG_WEAK: the dynamic linker accepts that the version is missing.

/**
 * Plans the edits that let the library load on a glibc older than 2.38: its imports `__isoc23_strtol` and
 * `__isoc23_strtoul` become `strtol` and `strtoul`, which differ only in that they do not read `0b101`.
 * Returns no edits when the host has every version that the library asks for.
 * @throws GlibcCompatError `BINDING_MALFORMED`, `BINDING_UNSUPPORTED`
 */
export function planPatch(bytes: Uint8Array, options: PlanPatchOptions): readonly Edit[] {
  const image = readElfImage(bytes);
  const host = glibcOrder(options.glibc) ?? 0;
  const isSatisfied = (need: VersionNeed) =>
    !isMissing(need, host) || ((need.flags & weak) !== 0 && symbolsBoundTo(image, need.index).length === 0);
  const missing = image.needs.filter((need) => !isSatisfied(need));
  if (missing.length === 0) return [];
  const [need] = missing;
  if (missing.length > 1 || need?.version !== 'GLIBC_2.38' || need.file !== libc) {
    throw unsupported(`it needs ${missing.map(({ file, version }) => `${version} of ${file}`).join(', ')}`);
  }
  const base = image.needs.find(({ file, version }) => file === libc && version === baseVersion.get(image.machine));
  if (base === undefined) throw unsupported('it does not use the base version of glibc for x64 or arm64');
  return [
    { offset: need.flagsOffset, size: 2, value: need.flags | weak },
    ...symbolsBoundTo(image, need.index).flatMap((symbol): Edit[] => {
      const name = image.symbolName(symbol);
      if (!renamed.has(name) || !image.isUndefined(symbol)) throw unsupported(`it needs ${name} of glibc 2.38`);
      const nameOffset = image.symbolNameOffset(symbol);
      const nameAt = new DataView(bytes.buffer, bytes.byteOffset).getUint32(nameOffset, true);
      return [
        // The new name is the end of the old one, so the string table stays as it is.
        { offset: nameOffset, size: 4, value: nameAt + isoPrefix.length },
        { offset: image.symbolVersionOffset(symbol), size: 2, value: base.index },
      ];
    }),
  ];
}

/** Writes `edits` into `bytes`, in place. */
export function applyPatch(bytes: Uint8Array, edits: readonly Edit[]): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const { offset, size, value } of edits) {
    if (size === 2) view.setUint16(offset, value, true);
    else view.setUint32(offset, value, true);
  }
}

function isMissing({ version }: VersionNeed, host: number): boolean {
  if (!version.startsWith('GLIBC_') || version === 'GLIBC_PRIVATE') return false;
  // GLIBC_ABI_DT_RELR and its like are features of newer loaders: nothing that a rename can serve.
  return (glibcOrder(version) ?? Number.POSITIVE_INFINITY) > host;
}

function symbolsBoundTo(image: ElfImage, index: number): readonly number[] {
  const found: number[] = [];
  for (let symbol = 0; symbol < image.symbolCount; symbol += 1) {
    if (image.symbolVersion(symbol) === index) found.push(symbol);
  }
  return found;
}

function unsupported(detail: string): GlibcCompatError {
  return new GlibcCompatError({
    code: 'BINDING_UNSUPPORTED',
    shortMessage: `The XMTP binding cannot be made to load on this system's glibc: ${detail}.`,
  });
}
