import { posix } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { isInRepository } from './pages.ts';

const repository = 'https://github.com/xmtp-messaging/xmtp-messaging';

/**
 * Links between files of the repository lead to pages of the site, and to the repository where there is no page. So one text reads on
 * GitHub, on npm and here.
 */
export function rewriteLinks(parser: MarkdownRenderer, pages: ReadonlyMap<string, string>): void {
  const files = new Map([...pages].map(([file, path]) => [path, file]));
  parser.core.ruler.push('rewrite-links', ({ tokens, env }) => {
    const page = (env as { relativePath: string }).relativePath;
    const file = files.get(page) ?? `docs/${page}`;
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const target = token.type === 'link_open' ? token.attrGet('href') : null;
      if (target !== null) token.attrSet('href', leadTo(target, file, pages));
    }
  });
}

/** Where a link of `file` leads. */
export function leadTo(target: string, file: string, pages: ReadonlyMap<string, string>): string {
  const [, ours] =
    /^https:\/\/github\.com\/xmtp-messaging\/xmtp-messaging\/(?:blob|tree)\/main\/(.+)$/u.exec(target) ?? [];
  if (ours === undefined && /^(?:[a-z]+:|#|\/)/u.test(target)) return target;
  const [path = '', anchor] = (ours ?? posix.join(posix.dirname(file), target)).split('#');
  const plain = path.replace(/\/$/u, '');
  const page =
    generated(plain) ?? pages.get(plain) ?? pages.get(`${plain}/README.md`) ?? pages.get(`${plain}/index.md`);
  const at = anchor === undefined ? '' : `#${anchor}`;
  // What is nowhere stays as it is, and is found to be dead.
  if (page === undefined) return isInRepository(plain) ? `${repository}/blob/main/${plain}${at}` : `/${plain}`;
  return `/${page.replace(/(?:(?<=^|\/)index)?\.md$/u, '')}${at}`;
}

/** The reference is made when the site is built. */
function generated(path: string): string | undefined {
  return path.startsWith('docs/reference/') ? path.slice('docs/'.length) : undefined;
}
