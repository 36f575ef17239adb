/** What a model does next. */
export type Step = { say: string } | { call: { name: 'delete_file'; arguments: { name: string } } };

/** What the model reads last. */
export interface Turn {
  role: 'user' | 'tool';
  words: string;
}

/**
 * A model as bad as can be: it does what it is told, whoever says so, inside a boundary or not. What a tool answered it repeats.
 * Nothing but a gate stands between a message and the tool.
 */
export function obey({ role, words }: Turn): Step {
  if (role === 'tool') return { say: `The tool says: ${words}` };
  const order = /\bdelete (?<name>[\w-]+\.txt)/u.exec(words)?.groups?.['name'];
  return order === undefined
    ? { say: `I read ${words.length} characters.` }
    : { call: { name: 'delete_file', arguments: { name: order } } };
}
