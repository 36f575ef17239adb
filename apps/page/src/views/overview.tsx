import { useStatus } from '../live/live-context.ts';
import { useContext } from 'preact/hooks';
import { LiveContext } from '../live/live-context.ts';
import { texts } from '../texts.ts';
import { ActivityChart } from './activity-chart.tsx';
import { HealthStrip } from './health-strip.tsx';
import { Identity } from './identity.tsx';
import { StateCard } from './state-card.tsx';

/** Who the agent is and how it is. */
export function Overview({ agent }: { agent: string }) {
  const status = useStatus();
  const { problem } = useContext(LiveContext);
  return (
    <>
      <h1>{texts.nav.overview}</h1>
      {status === null ? (
        <p class="quiet waiting">{problem ?? texts.loading}</p>
      ) : (
        <div class="overview">
          <Identity status={status} />
          <StateCard status={status} agent={agent} />
          <HealthStrip status={status} />
          <ActivityChart />
        </div>
      )}
    </>
  );
}
