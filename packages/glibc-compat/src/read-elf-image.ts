import { malformed } from './errors.ts';

/** One version that the library asks of another library (an Elf64_Vernaux). */
export interface VersionNeed {
  /** The library asked, such as `libc.so.6`. */
  file: string;
  /** Such as `GLIBC_2.38`. */
  version: string;
  /** What the version table of the symbols uses to refer to this need. */
  index: number;
  flags: number;
  /** Where `flags` (16 bits) stands in the file. */
  flagsOffset: number;
}

/** The parts of a shared library that say which symbols it imports, and in which versions. */
export interface ElfImage {
  machine: number;
  needs: readonly VersionNeed[];
  symbolCount: number;
  /** Index of the version that the symbol is bound to. */
  symbolVersion(symbol: number): number;
  /** Where that index (16 bits) stands in the file. */
  symbolVersionOffset(symbol: number): number;
  isUndefined(symbol: number): boolean;
  symbolName(symbol: number): string;
  /** Where the symbol's name offset (32 bits) stands in the file. */
  symbolNameOffset(symbol: number): number;
}

interface Section {
  type: number;
  offset: number;
  size: number;
  link: number;
  info: number;
}

// Names, numbers and layouts: System V ABI, "Object Files" and "Dynamic Linking"; GNU symbol versioning (LSB 10.7).
const sectionType = { dynsym: 11, verneed: 0x6f_ff_ff_fe, versym: 0x6f_ff_ff_ff };
const entrySize = { section: 64, symbol: 24, versym: 2, need: 16 };
const limits = { sections: 4096, needs: 4096, name: 4096 };

/**
 * Reads the dynamic symbols and their versions of a 64-bit little-endian ELF file. Every access is bounds-checked.
 * @throws GlibcCompatError `BINDING_MALFORMED`
 */
export function readElfImage(bytes: Uint8Array): ElfImage {
  const reader = createReader(bytes);
  const { u16, u32 } = reader;
  const magic = [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1];
  if (bytes.length < 64 || magic.some((byte, at) => bytes[at] !== byte))
    throw malformed('its header is not that of one');
  if (u16(0x10) !== 3) throw malformed('it is not a shared library');

  const sections = readSections(reader);
  const only = (type: number, name: string) => {
    const found = sections.filter((section) => section.type === type);
    if (found.length !== 1) throw malformed(`it has ${found.length} ${name} sections`);
    return found[0]!;
  };
  const dynsym = only(sectionType.dynsym, 'dynamic symbol');
  const versym = only(sectionType.versym, 'symbol version');
  const verneed = only(sectionType.verneed, 'version need');
  const strings = sections[dynsym.link];
  if (strings === undefined || verneed.link !== dynsym.link) throw malformed('its symbols have no names');
  const symbolCount = dynsym.size / entrySize.symbol;
  if (!Number.isInteger(symbolCount) || versym.size !== symbolCount * entrySize.versym) {
    throw malformed('its symbols and their versions do not match');
  }

  const symbolNameOffset = (symbol: number) => dynsym.offset + symbol * entrySize.symbol;
  const symbolVersionOffset = (symbol: number) => versym.offset + symbol * entrySize.versym;
  return {
    machine: u16(0x12),
    needs: readNeeds(reader, verneed, strings),
    symbolCount,
    symbolVersion: (symbol) => u16(symbolVersionOffset(symbol)) & 0x7f_ff,
    symbolVersionOffset,
    isUndefined: (symbol) => u16(symbolNameOffset(symbol) + 6) === 0,
    symbolName: (symbol) => reader.string(strings, u32(symbolNameOffset(symbol))),
    symbolNameOffset,
  };
}

type Reader = ReturnType<typeof createReader>;

function createReader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const check = (offset: number, size: number) => {
    if (offset < 0 || offset + size > bytes.length) throw malformed('it points outside of itself');
    return offset;
  };
  return {
    check,
    u16: (offset: number) => view.getUint16(check(offset, 2), true),
    u32: (offset: number) => view.getUint32(check(offset, 4), true),
    /** Values beyond the file's size are never valid here, so the loss of precision above 2^53 cannot matter. */
    u64: (offset: number) => Number(view.getBigUint64(check(offset, 8), true)),
    string: (section: Section, at: number) => {
      const start = section.offset + at;
      const end = bytes.subarray(start, Math.min(start + limits.name, section.offset + section.size)).indexOf(0);
      if (at >= section.size || end === -1) throw malformed('a name in it does not end');
      return Buffer.from(bytes.buffer, bytes.byteOffset + start, end).toString('latin1');
    },
  };
}

function readSections({ check, u16, u32, u64 }: Reader): readonly Section[] {
  const table = u64(0x28);
  const count = u16(0x3c);
  if (u16(0x3a) !== entrySize.section || count > limits.sections) throw malformed('its section table is unreadable');
  check(table, count * entrySize.section);
  return Array.from({ length: count }, (_, index) => {
    const at = table + index * entrySize.section;
    const section = {
      type: u32(at + 4),
      offset: u64(at + 24),
      size: u64(at + 32),
      link: u32(at + 40),
      info: u32(at + 44),
    };
    // A section of type 8 (NOBITS) occupies no bytes of the file.
    if (section.type !== 8) check(section.offset, section.size);
    return section;
  });
}

function readNeeds({ u16, u32, string }: Reader, section: Section, strings: Section): readonly VersionNeed[] {
  const needs: VersionNeed[] = [];
  const inside = (offset: number) => {
    if (offset < section.offset || offset + entrySize.need > section.offset + section.size) {
      throw malformed('a version need lies outside of its section');
    }
    return offset;
  };
  let entry = section.offset;
  for (let entries = section.info; entries > 0; entries -= 1) {
    inside(entry);
    const file = string(strings, u32(entry + 4));
    let at = entry + u32(entry + 8);
    for (let count = u16(entry + 2); count > 0; count -= 1) {
      inside(at);
      const flags = u16(at + 4);
      needs.push({ file, version: string(strings, u32(at + 8)), index: u16(at + 6), flags, flagsOffset: at + 4 });
      if (needs.length > limits.needs) throw malformed('it has too many version needs');
      at += u32(at + 12);
    }
    const next = u32(entry + 12);
    if (next === 0) break;
    entry += next;
  }
  return needs;
}
