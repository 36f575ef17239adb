import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { planTargets } from './plan-targets.ts';
import { renderSystemd } from './render-systemd.ts';
import { renderDefaults, renderTarget } from './render-target.ts';

test('the program of a unit is a word for each argument, without specifiers and variables', () => {
  const plan = planTargets({
    team: null,
    agents: [{ name: 'a', port: 1, settings: {} }],
    shared: false,
    metrics: false,
  });
  const command = ['/opt/a node', '--x=%n', '$HOME', 'a"b\\c', ';'] as const;
  const unit = renderSystemd(plan, { command }).find(({ path }) => path.endsWith('.service'));
  expect(unit!.text).toContain(String.raw`ExecStart="/opt/a node" --x=%%n "$$HOME" "a\"b\\c" ";"` + '\n');
});

test('every engine waits longer than a server drains, and has one process for a mailbox', () => {
  const plan = planTargets({
    team: null,
    agents: [{ name: 'a', port: 1, settings: {} }],
    shared: false,
    metrics: false,
  });
  const texts = (['systemd', 'compose', 'kubernetes'] as const).map((target) =>
    renderTarget(target, plan, { ...renderDefaults, teamFolder: '.' })
      .map(({ text }) => text)
      .join('\n'),
  );
  const chart = readFileSync(new URL('../../../../deploy/chart/templates/_pod.tpl', import.meta.url), 'utf8');
  for (const text of [...texts, chart]) {
    const drain = Number(/XMTP_SHUTDOWN_TIMEOUT\D+(\d+)/u.exec(text)![1]);
    const grace = Number(
      /(?:TimeoutStopSec=|stop_grace_period: "|terminationGracePeriodSeconds: )(\d+)/u.exec(text)![1],
    );
    expect(grace * 1000).toBeGreaterThan(drain * 2);
  }
  expect(texts[1]).toContain('container_name');
  expect(texts[2]).toContain('replicas: 1\n');
});
