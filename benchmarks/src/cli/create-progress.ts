import type { Progress } from '../harness/run-suites.ts';

/** Says how the run goes on: one changing line on a terminal, one line a benchmark elsewhere. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  const live = stream.isTTY;
  let label = '';
  const show = (text: string) => {
    if (live) stream.write(`\r\u001B[K${text.slice(0, stream.columns - 1)}`);
  };
  return {
    begin(name, position, of) {
      label = `[${position}/${of}] ${name}`;
      show(label);
    },
    step: (text) => show(`${label}: ${text}`),
    end(_name, seconds, failed) {
      show('');
      stream.write(`${label} ${failed ? 'broke' : 'done'} in ${seconds} s\n`);
    },
  };
}
