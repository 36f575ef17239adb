import { AggregatorRegistry, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Metrics } from '../metrics/create-metrics.ts';
import { isOfNetwork } from '../metrics/create-prom-metrics.ts';
import type { SharedAgentView } from './types.ts';

/** One agent, as it is measured. */
export interface MeasuredAgent {
  name: string;
  metrics: Metrics | null;
  view: SharedAgentView;
}

/** The metrics of the process, and those of its agents with the label `agent`. */
export function createSharedMetrics(agents: () => readonly MeasuredAgent[]): Metrics['render'] {
  const own = new Registry();
  collectDefaultMetrics({ register: own });
  const gaugeOf = (name: string, help: string, read: (view: SharedAgentView) => number) => {
    const gauge: Gauge<'agent'> = new Gauge({
      name,
      help,
      labelNames: ['agent'],
      registers: [own],
      collect() {
        gauge.reset();
        for (const { name: agent, view } of agents()) gauge.set({ agent }, read(view));
      },
    });
  };
  gaugeOf('xmtp_agent_restarts', 'Starts of the agent after its first one.', ({ restarts }) => restarts);
  gaugeOf('xmtp_agent_stopped', '1 while the operator has it stopped.', ({ state }) => Number(state === 'stopped'));

  return async () => {
    const collected = agents().map(async ({ name: agent, metrics }) =>
      ((await metrics?.collect()) ?? []).map((metric) =>
        isOfNetwork(metric.name)
          ? metric
          : { ...metric, values: metric.values.map((value) => ({ ...value, labels: { ...value.labels, agent } })) },
      ),
    );
    const together = AggregatorRegistry.aggregate(await Promise.all(collected));
    return { text: `${await own.metrics()}\n${await together.metrics()}`, type: own.contentType };
  };
}
