import { unwrap } from '@xmtp-messaging/client';
import { useApi } from '../api/use-api.ts';
import { useData } from '../api/use-data.ts';
import { useMark } from '../live/live-context.ts';
import type { Hour } from '../api/types.ts';
import { texts } from '../texts.ts';
import { Card } from '../ui/card.tsx';
import { formatHour } from '../ui/format.ts';
import { Reading } from '../ui/reading.tsx';

const words = texts.chart;
const kinds = ['in', 'out', 'dropped'] as const;
const height = 120;
const slot = 30;

/** Bars for each hour; the same as a table for who does not see them. */
export function ActivityChart() {
  const { client } = useApi();
  const mark = useMark(({ marks, status }) => [
    marks.heard,
    marks.sent,
    status.inbox?.dropped,
    status.outbox?.unsettled,
  ]);
  const data = useData(
    async (signal) => (await unwrap(client.GET('/xmtp/activity', { params: { query: { hours: 24 } }, signal }))).hours,
    [mark, client],
  );
  return (
    <Card
      title={words.title}
      class="chart"
      actions={
        <ul class="legend">
          {kinds.map((kind) => (
            <li key={kind} class={kind}>
              {words[kind]}
            </li>
          ))}
        </ul>
      }
    >
      <Reading data={data}>{(hours) => <Bars hours={hours} />}</Reading>
    </Card>
  );
}

function Bars({ hours }: { hours: readonly Hour[] }) {
  const top = Math.max(4, ...hours.flatMap((hour) => kinds.map((kind) => hour[kind])));
  const sum = (kind: (typeof kinds)[number]) => hours.reduce((total, hour) => total + hour[kind], 0);
  const total = words.summary(sum('in'), sum('out'), sum('dropped'));
  return (
    <>
      <p class="quiet">{sum('in') + sum('out') + sum('dropped') === 0 ? words.none : total}</p>
      <svg
        class="bars"
        viewBox={`0 0 ${hours.length * slot} ${height + 22}`}
        role="img"
        aria-label={`${words.title}: ${total}`}
      >
        {[0.5, 1].map((share) => (
          <line
            key={share}
            x1="0"
            x2={hours.length * slot}
            y1={height - share * (height - 8)}
            y2={height - share * (height - 8)}
          />
        ))}
        <line class="base" x1="0" x2={hours.length * slot} y1={height} y2={height} />
        {hours.map((hour, index) => (
          <g key={hour.at}>
            {kinds.map((kind, at) => {
              const size = hour[kind] === 0 ? 0 : Math.max(3, (hour[kind] / top) * (height - 8));
              return (
                <rect
                  key={kind}
                  class={kind}
                  x={index * slot + 4 + at * 8}
                  y={height - size}
                  width="6"
                  height={size}
                  rx="2"
                />
              );
            })}
            {(hours.length - 1 - index) % 6 === 0 && (
              <text x={index * slot + slot / 2} y={height + 17} text-anchor="middle">
                {formatHour(hour.at)}
              </text>
            )}
          </g>
        ))}
      </svg>
      <table class="unseen">
        <caption>{words.title}</caption>
        <thead>
          <tr>
            <th scope="col">{words.hour}</th>
            {kinds.map((kind) => (
              <th key={kind} scope="col">
                {words[kind]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hours
            .filter((hour) => kinds.some((kind) => hour[kind] > 0))
            .map((hour) => (
              <tr key={hour.at}>
                <th scope="row">{formatHour(hour.at)}</th>
                {kinds.map((kind) => (
                  <td key={kind}>{hour[kind]}</td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </>
  );
}
