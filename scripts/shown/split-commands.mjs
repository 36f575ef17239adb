// The commands of a shell block, each with what the block says that it prints.

const hereDocument = /<<'?(?<word>[A-Z_]+)'?/u;
/** A comment that shows an answer, not one that explains: JSON, a block of the boundary, or the rest of one. */
const opensAnswer = /^\s*#\s*(?<shown>[{<].*)$/u;

/** @returns {{ command: string, shown: string | null }[]} */
export function splitCommands({ lang, code }) {
  return lang === 'console' ? fromConsole(code) : fromScript(code);
}

function fromConsole(code) {
  return code
    .split(/^\$ /mu)
    .slice(1)
    .map((part) => {
      const [command, ...shown] = part.split('\n');
      return { command, shown: shown.join('\n').trim() || null };
    });
}

function fromScript(code) {
  const commands = [];
  const lines = code.split('\n');
  // The answer that further comments go on with.
  let open = null;
  while (lines.length > 0) {
    const line = lines.shift();
    if (line.trim() === '') continue;
    const last = commands.at(-1);
    if (/^\s*#/u.test(line)) {
      const { shown } = opensAnswer.exec(line)?.groups ?? {};
      if (open !== null) open.shown += `\n${line.replace(/^\s*#\s?/u, '')}`;
      else if (shown !== undefined && last?.shown === null) {
        last.shown = shown;
        open = last;
      }
      continue;
    }
    open = null;
    const taken = [line];
    const isOpen = () => {
      const text = taken.join('\n');
      const { word } = hereDocument.exec(text)?.groups ?? {};
      return text.endsWith('\\') || (word !== undefined && !taken.slice(1).includes(word));
    };
    while (isOpen() && lines.length > 0) taken.push(lines.shift());
    const { shown = null } = /\s#\s*(?<shown>\{.*)$/u.exec(taken[0])?.groups ?? {};
    commands.push({ command: taken.join('\n'), shown });
  }
  return commands;
}
