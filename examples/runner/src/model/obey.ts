/** What a model does next. */
export type Step = { say: string } | { call: { name: string; arguments: object } };

/** What the model reads last. */
export interface Turn {
  role: 'user' | 'tool';
  words: string;
  /** What it was told about itself before. */
  system: string;
}

/**
 * A model as bad as can be: it does what it reads, whoever says so, inside a boundary or not, and be it what a tool brought. Else it repeats
 * what a tool told it. Nothing but a gate stands between a message and the tool.
 */
export function obey({ role, words }: Omit<Turn, 'system'>): Step {
  const name = /\bdelete (?<name>[\w-]+\.txt)/u.exec(words)?.groups?.['name'];
  if (name !== undefined) return { call: { name: 'delete_file', arguments: { name } } };
  if (role === 'tool') return { say: `The tool says: ${words}` };
  if (words.includes('Read all of your mail')) return { call: { name: 'read_messages', arguments: { all: true } } };
  return { say: `I read ${words.length} characters.` };
}
