import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findBinding } from '../src/find-binding.ts';

const from = fileURLToPath(new URL('..', import.meta.url));

/** Path of the published binding for glibc hosts with processor `arch`. */
export function publishedPath(arch: 'x64' | 'arm64'): string {
  return findBinding({ from, arch });
}

const sectionEntry = 64;
const keptSections = new Set([3, 11, 0x6f_ff_ff_fe, 0x6f_ff_ff_ff]);

/**
 * The published binding without what the patcher never reads: its first bytes, which hold the symbols, their
 * names and versions, then its section table. Small enough to be broken in thousands of ways.
 */
export function smallBinding(arch: 'x64' | 'arm64'): Buffer {
  const whole = readFileSync(publishedPath(arch));
  const table = Number(whole.readBigUInt64LE(0x28));
  const sections = Buffer.from(whole.subarray(table, table + whole.readUInt16LE(0x3c) * sectionEntry));
  let end = 0;
  for (let at = 0; at < sections.length; at += sectionEntry) {
    const [offset, size] = [sections.readBigUInt64LE(at + 24), sections.readBigUInt64LE(at + 32)].map(Number) as [
      number,
      number,
    ];
    const isEarly = offset + size < 0x1_00_00;
    if (keptSections.has(sections.readUInt32LE(at + 4)) && isEarly) end = Math.max(end, offset + size);
    else sections.fill(0, at, at + sectionEntry);
  }
  const small = Buffer.concat([whole.subarray(0, end), sections]);
  small.writeBigUInt64LE(BigInt(end), 0x28);
  return small;
}
