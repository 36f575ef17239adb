import { readFileSync, realpathSync } from 'node:fs';

/**
 * Whether `path` lies on a mount of its own that cannot be written, as orchestrators mount secrets. The root of the
 * file system does not count: others live there, too. Always `false` where the kernel tells of no mounts.
 */
export function isOnReadOnlyMount(path: string): boolean {
  try {
    // Links such as `..data` lead to the mount that counts.
    return findReadOnlyMount(realpathSync(path), readFileSync('/proc/self/mountinfo', 'utf8'));
  } catch {
    return false;
  }
}

/** @param mountinfo The text of proc_pid_mountinfo(5). */
export function findReadOnlyMount(path: string, mountinfo: string): boolean {
  let longest = { point: '/', isReadOnly: false };
  for (const line of mountinfo.split('\n')) {
    const [, , , , escaped, options] = line.split(' ');
    if (escaped === undefined || options === undefined) continue;
    const point = escaped.replaceAll(/\\(\d{3})/gu, (_, octal: string) => String.fromCodePoint(parseInt(octal, 8)));
    const holds = path === point || path.startsWith(point.endsWith('/') ? point : `${point}/`);
    // A later line lies over an earlier one.
    if (holds && point.length >= longest.point.length)
      longest = { point, isReadOnly: options.split(',').includes('ro') };
  }
  return longest.point !== '/' && longest.isReadOnly;
}
