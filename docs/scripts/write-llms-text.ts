// Writes llms.txt (https://llmstxt.org): what a model should read of the site, with what each page is about.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sidebar } from '../.vitepress/sidebar.ts';

type Item = { text: string; link?: string; items?: Item[] };

const docs = fileURLToPath(new URL('..', import.meta.url));

/** The first sentence below the title. */
async function aboutOf(link: string): Promise<string> {
  const page = link.endsWith('/') ? `${link}index.md` : `${link}.md`;
  const text = await readFile(join(docs, '.site', page), 'utf8');
  const paragraph = text.split('\n\n').find((part) => /^[A-Z*`]/u.test(part)) ?? '';
  return (
    paragraph
      .replaceAll(/\[(?<words>[^\]]*)\]\([^)]*\)/gu, '$<words>')
      .replaceAll('\n', ' ')
      .split(/(?<=\.) /u)[0] ?? ''
  );
}

async function linesOf(items: readonly Item[]): Promise<string[]> {
  const lines = items.map(async ({ text, link, items: more = [] }) => {
    const own = link === undefined ? [] : [`- [${text}](${link}): ${await aboutOf(link)}`];
    return [...own, ...(await linesOf(more))];
  });
  return (await Promise.all(lines)).flat();
}

const about =
  '> An encrypted mailbox for AI agents: addressed by ENS names, carried by XMTP, closed by default, and read behind a prompt-injection boundary.';
const parts = (sidebar as Item[]).map(async (part) =>
  part.items === undefined ? await linesOf([part]) : [`\n## ${part.text}\n`, ...(await linesOf(part.items))],
);
const text = ['# XMTP Messaging', '', about, '', ...(await Promise.all(parts)).flat()].join('\n');
await writeFile(join(docs, '.vitepress/dist/llms.txt'), `${text}\n`);
