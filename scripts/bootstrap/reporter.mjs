const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/**
 * Says what set-up is doing: a spinner on a terminal, one line a step elsewhere, nothing when there is nothing to do.
 * @param {NodeJS.WriteStream} stream stderr, so that a task's own output stays clean
 */
export function createReporter(stream) {
  const live = stream.isTTY && process.env.CI === undefined;
  let current = null;
  let timer = null;

  const seconds = () => ((performance.now() - current.start) / 1000).toFixed(1);
  const clear = () => {
    clearInterval(timer);
    if (live) stream.write('\r\x1b[2K');
  };
  const end = (mark) => {
    if (current === null) return;
    clear();
    stream.write(`${mark} ${current.text} (${seconds()} s)\n`);
    current = null;
  };

  return {
    /** Starts a step; a step before it counts as done. */
    step(text) {
      end('✓');
      current = { text, detail: '', start: performance.now() };
      if (!live) {
        stream.write(`· ${text} …\n`);
        return;
      }
      let frame = 0;
      timer = setInterval(() => {
        frame = (frame + 1) % frames.length;
        const line = `${frames[frame]} ${current.text} ${seconds()} s ${current.detail}`;
        stream.write(`\r\x1b[2K${line.slice(0, (stream.columns ?? 80) - 1)}`);
      }, 80);
    },
    /** Progress inside the step, shown on a terminal only. */
    detail(text) {
      if (current !== null) current.detail = text;
    },
    done: () => end('✓'),
    fail: () => end('✗'),
  };
}
