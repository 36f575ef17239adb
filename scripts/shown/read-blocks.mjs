// The blocks of a document that a reader would paste into a shell or a file.

/** `run` behind the language says that a block is run, `not-run="why"` that it is not. */
const fence = /^```(?<lang>[a-z]*)(?<info>[^\n]*)\n(?<code>[^]*?)^```$/gmu;

/** What a shell is given. */
export const isShell = ({ lang }) => ['sh', 'bash', 'shell', 'console'].includes(lang);

/** What a reader puts into a file and starts. Excerpts of examples, which run as a whole, are marked `typescript`. */
export const isProgram = ({ lang }) => lang === 'ts';

/** What is run, or says why it is not. */
export const isRunnable = (block) => isShell(block) || isProgram(block);

/**
 * Every fenced block of a text. `answer` is the block that follows a shell's at once, where that shows what it prints.
 * @returns {{ lang: string, line: number, code: string, run: boolean, reason: string | null, answer: string | null }[]}
 */
export function readBlocks(text) {
  const found = [...text.matchAll(fence)];
  return found.map(({ index, 0: whole, groups: { lang, info, code } }, at) => {
    const next = found[at + 1];
    const between = next === undefined ? '' : text.slice(index + whole.length, next.index);
    const shows = next !== undefined && between.trim() === '' && ['json', 'text'].includes(next.groups.lang);
    return {
      lang,
      line: text.slice(0, index).split('\n').length,
      code,
      run: /^\s+run\b/u.test(info),
      reason: /^\s+not-run="(?<why>[^"]{8,})"/u.exec(info)?.groups.why ?? null,
      answer: shows ? next.groups.code : null,
    };
  });
}
