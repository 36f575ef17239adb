const longest = 2 ** 31 - 1;

/**
 * `ms` as a timer of Node takes it. What is more than that, about 25 days, would fire at once, and so would `Infinity`: it is
 * the longest instead. What is no time is none: for it Node would print a warning. For every timer whose time is an option.
 */
export function timerMs(ms: number): number {
  return ms > 0 ? Math.min(ms, longest) : 0;
}
