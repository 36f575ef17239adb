/** What @xmtp/cli prints, which is for people: read line by line. */
export interface CliOutput {
  /** What stands behind `label` in the first line that has it. @throws Error when no line has */
  after(label: string): string;
  /** Of `list conversations`. */
  conversations(kind: 'dm' | 'group'): string[];
  /** Of `list members`. */
  members(): string[];
  /** Of `list messages`: texts alone. What is no text is printed as JSON or as `Empty`. */
  texts(): string[];
}

export function readOutput(printed: string): CliOutput {
  const lines = printed.split('\n').map((line) => line.trim());
  const all = (pattern: RegExp) => lines.flatMap((line) => pattern.exec(line)?.[1] ?? []);
  return {
    after(label) {
      const line = lines.find((one) => one.startsWith(label));
      if (line === undefined) throw new Error(`It did not print "${label}".`);
      return line.slice(label.length).trim();
    },
    conversations: (kind) => all(kind === 'dm' ? /^\d+\. \[DM\]: (\w+)$/u : /^\d+\. \[GROUP\]: (\w+)$/u),
    members: () => all(/^\d+\. (\w+)$/u),
    texts: () => all(/^Content: (.+)$/u).filter((text) => text !== 'Empty' && !text.startsWith('{')),
  };
}
