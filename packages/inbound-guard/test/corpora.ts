import { existsSync, readFileSync } from 'node:fs';

const folder = new URL('../../../../shared/corpora/', import.meta.url);

/** A corpus that may lie beside the repository; empty when it does not. The tests have samples of their own besides. */
function read<T>(name: string, parse: (text: string) => T[]): T[] {
  const file = new URL(name, folder);
  return existsSync(file) ? parse(readFileSync(file, 'utf8')) : [];
}

/** Emoji of Unicode, one a line. */
export const emojiCorpus = read('emoji-17.0-strings.txt', (text) => text.split('\n').filter((line) => line !== ''));

/** Strings known to break programs. */
export const naughtyCorpus = read('blns.json', (text) => JSON.parse(text) as string[]);

/** Attempts at prompt injection. */
export const injectionCorpus = read('cyberseceval-prompt_injection.json', (text) =>
  (JSON.parse(text) as { user_input: string }[]).map(({ user_input }) => user_input),
);
