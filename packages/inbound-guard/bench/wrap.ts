// Measures `wrap`: speed on ordinary and hostile text, and that time grows with length and not faster.
// Run: node --conditions=@xmtp-messaging/source packages/inbound-guard/bench/wrap.ts
import { createBoundary } from '../src/index.ts';
import { adversarialTexts, englishText, multilingualText } from '../test/bench-texts.ts';
import { sampleMessage } from '../test/samples.ts';

const mib = 2 ** 20;
const boundary = createBoundary({ limits: { maxBytes: Infinity, maxLines: Infinity } });
const capped = createBoundary();

/** CPU seconds of this thread in the fastest of several runs: other load on the machine hardly counts. */
function fastest(run: () => void, times = 5): number {
  let best = Infinity;
  for (let at = 0; at < times; at += 1) {
    const start = process.threadCpuUsage();
    run();
    const { user, system } = process.threadCpuUsage(start);
    best = Math.min(best, user + system);
  }
  return best / 1e6;
}

const wrap = (text: string) => boundary.wrap(sampleMessage({ text }));
const bytesOf = (text: string) => new TextEncoder().encode(text).length;
const repeated = (unit: string, bytes: number) => unit.repeat(Math.ceil(bytes / bytesOf(unit)));
const print = (line: string) => process.stdout.write(`${line}\n`);

function speed(text: string): number {
  const seconds = fastest(() => wrap(text));
  return bytesOf(text) / 1e6 / seconds;
}

for (const [name, unit, floor] of [
  ['English', englishText, 100],
  ['multilingual', multilingualText, 25],
] as const) {
  const text = repeated(unit, 4 * mib);
  print(`${name.padEnd(28)} ${speed(text).toFixed(0).padStart(6)} MB/s (floor ${floor})`);
}

for (const [name, unit] of adversarialTexts) {
  const [short, long] = [repeated(unit, mib), repeated(unit, 4 * mib)];
  const small = fastest(() => wrap(short));
  const large = fastest(() => wrap(long));
  const rate = (4 * mib) / 1e6 / large;
  print(
    `${name.padEnd(28)} ${rate.toFixed(0).padStart(6)} MB/s (floor 5)   T(4n)/T(n) ${(large / small).toFixed(1)} (limit 8)`,
  );
}

const chat = repeated(`${englishText}\n${multilingualText}`, 4_600);
const rounds = 1_000;
const seconds = fastest(() => {
  for (let at = 0; at < rounds; at += 1) capped.wrap(sampleMessage({ text: chat }));
});
print(`one message of ${bytesOf(chat)} bytes   ${((seconds / rounds) * 1_000).toFixed(3)} ms`);
