/** What may be in no file name: separators, what shells and Windows read, controls, and marks that turn or hide text. */
const unsafe = /[/\\:*?"<>|\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;
/** Windows takes these for devices, whatever follows the dot. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/iu;
/** What Windows takes away, or hides a file, at the ends of a name. */
const outer = /^[. ]+|[. ]+$/gu;
const maxLength = 100;

/** A stranger's file name, fit to be shown and to be saved under: one name, no path; `null` when nothing is left of it. */
export function safeFilename(name: string | null): string | null {
  if (name === null) return null;
  const base = name.slice(-4_096).split(/[/\\]/u).at(-1) ?? '';
  const clean = base
    .toWellFormed()
    .replace(unsafe, '_')
    .replace(/\s+/gu, ' ')
    .replace(outer, '')
    .replace(device, '_$&');
  if (!/[^_\s]/u.test(clean)) return null;
  const characters = Array.from(clean);
  if (characters.length <= maxLength) return clean;
  const extension = /\.[\p{L}\p{N}]{1,10}$/u.exec(clean)?.[0] ?? '';
  const head = characters.slice(0, maxLength - extension.length).join('');
  return head.replace(outer, '') + extension;
}
