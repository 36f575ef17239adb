import { checkTarget } from '@xmtp-messaging/errors/network';
import type { UploadOptions } from './upload-options.ts';

/** Where the bytes with a digest are put, and where others read them. */
export interface UploadTarget {
  /** For the upload. */
  putUrl(digest: string): URL;
  /** For whoever is sent the file. */
  readUrl(digest: string): string;
}

const placeholder = '{digest}';
const digests = ['0', '1'].map((digit) => digit.repeat(64)) as [string, string];
const headerName = /^[\w!#$%&'*+.^`|~-]+$/u;
const headerValue = /^[\t\x20-\x7E]*$/u;
/** What the request has of its own. */
const ownHeaders: ReadonlySet<string> = new Set([
  'content-length',
  'content-type',
  'transfer-encoding',
  'connection',
  'host',
  'expect',
]);

/**
 * Reads the settings of an upload. `problems` end a sentence that starts with the name of the option: nothing of a template, which may hold a
 * signature, is in them.
 */
export function readUploadTarget(
  options: UploadOptions,
): { ok: true; target: UploadTarget } | { ok: false; problems: [keyof UploadOptions, string][] } {
  const problems: [keyof UploadOptions, string][] = [];
  const { url: template, publicUrl, headers = {} } = options;
  const note = (option: 'url' | 'publicUrl', problem: string | null) => {
    if (problem !== null) problems.push([option, problem]);
  };
  note('url', problemOf(template, options) ?? (digestIn('pathname', template) ? null : noDigest));
  if (publicUrl !== undefined) {
    const hasDigest = digestIn('pathname', publicUrl) || digestIn('search', publicUrl);
    note('publicUrl', problemOf(publicUrl, options) ?? (hasDigest ? null : noDigest));
  }
  const bad = Object.entries(headers).some(
    ([name, value]) => !headerName.test(name) || !headerValue.test(value) || ownHeaders.has(name.toLowerCase()),
  );
  if (bad)
    problems.push(['headers', 'have a name or a value that cannot be sent, or one that the request sets itself.']);
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    target: {
      putUrl: (digest) => fill(template, digest),
      readUrl(digest) {
        const url = fill(publicUrl ?? template, digest);
        if (publicUrl === undefined) url.search = '';
        return url.href;
      },
    },
  };
}

const noDigest = `must hold ${placeholder} in its path.`;

function problemOf(template: string, { allowPrivate }: UploadOptions): string | null {
  const rest = template.replaceAll(placeholder, '');
  if (/[{}]/u.test(rest)) return `holds a placeholder that is not ${placeholder}.`;
  if (!URL.canParse(template.replaceAll(placeholder, digests[0]))) return 'is not a URL.';
  // Who sends a file must not choose the host that gets it, in no part of it.
  if (digestIn('host', template) || digestIn('hash', template)) return `holds ${placeholder} in its host or fragment.`;
  const verdict = checkTarget(fill(template, digests[0]), { allowPrivate });
  return verdict.ok ? null : verdict.problem;
}

function digestIn(part: 'host' | 'pathname' | 'search' | 'hash', template: string): boolean {
  const [one, other] = digests.map((digest) => URL.parse(template.replaceAll(placeholder, digest))?.[part]);
  return one !== other;
}

function fill(template: string, digest: string): URL {
  const url = new URL(template.replaceAll(placeholder, digest));
  url.hash = '';
  return url;
}
