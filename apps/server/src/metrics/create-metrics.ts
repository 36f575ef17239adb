import type { Gauges } from './read-gauges.ts';
import type { Metrics } from './metrics-types.ts';

export type { Metrics };

/** Counts that are kept until they are counted; after so many somebody will ask. */
const mostKept = 1_000;

/**
 * Keeps what is to be counted until somebody asks for it: the library that counts takes a start 83 modules, and many a
 * server is never asked.
 * @param gauges Read when asked for: the state of the mailbox.
 * @param warnings Read when asked for: the codes of what status warns of. @default none
 * @param options.ofProcess Count what the process uses as well. @default true
 */
export function createMetrics(
  gauges: () => Gauges,
  warnings: () => readonly string[] = () => [],
  { ofProcess = true }: { ofProcess?: boolean } = {},
): Metrics {
  let counting: Metrics | null = null;
  let loading: Promise<Metrics> | null = null;
  const kept: ((metrics: Metrics) => void)[] = [];
  const begin = async (): Promise<Metrics> => {
    const { createPromMetrics } = await import('./create-prom-metrics.ts');
    counting = createPromMetrics(gauges, warnings, { ofProcess });
    for (const tell of kept.splice(0)) tell(counting);
    return counting;
  };
  const load = (): Promise<Metrics> => (loading ??= begin());
  const count = (tell: (metrics: Metrics) => void): void => {
    if (counting !== null) tell(counting);
    else if (kept.push(tell) === mostKept) void load();
  };
  return {
    request: (facts) => count((metrics) => metrics.request(facts)),
    send: (result) => count((metrics) => metrics.send(result)),
    accepted: (sender) => count((metrics) => metrics.accepted(sender)),
    dropped: (reason) => count((metrics) => metrics.dropped(reason)),
    finding: (kind) => count((metrics) => metrics.finding(kind)),
    delivery: (facts) => count((metrics) => metrics.delivery(facts)),
    reply: (result) => count((metrics) => metrics.reply(result)),
    render: async () => await (await load()).render(),
    collect: async () => await (await load()).collect(),
  };
}
