import { expect, test } from 'vitest';
import { createMetrics } from './create-metrics.ts';
import { readGauges } from './read-gauges.ts';

const gauges = () => readGauges(null, 0, 0);

test('what was counted before anybody asked is told, and counted once', async () => {
  const metrics = createMetrics(gauges, () => [], { ofProcess: false });
  metrics.send('sent');
  metrics.request({ method: 'GET', route: '/xmtp/status', status: 200, seconds: 0.001 });
  const first = await metrics.render();
  metrics.send('sent');
  const second = await metrics.render();
  expect(first.text).toContain('xmtp_sends_total{result="sent"} 1\n');
  expect(first.text).toContain('xmtp_http_request_seconds_count{method="GET",route="/xmtp/status",status="200"} 1\n');
  expect(second.text).toContain('xmtp_sends_total{result="sent"} 2\n');
});

test('two who ask at once are told the same, and nothing is lost among many', async () => {
  const metrics = createMetrics(gauges, () => [], { ofProcess: false });
  // More than is kept: it is counted meanwhile.
  for (let turn = 0; turn < 2_500; turn += 1) metrics.dropped('not-listed');
  const [one, other] = await Promise.all([metrics.render(), metrics.render()]);
  expect(one.text).toContain('xmtp_messages_dropped_total{reason="not-listed"} 2500\n');
  expect(other).toEqual(one);
  metrics.dropped('not-listed');
  expect((await metrics.render()).text).toContain('xmtp_messages_dropped_total{reason="not-listed"} 2501\n');
});
