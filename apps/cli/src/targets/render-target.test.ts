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

test('what a process may have grows with the agents that are in it', () => {
  const agents = Array.from({ length: 500 }, (_, index) => ({ name: `a${index}`, port: 4101, settings: {} }));
  const plan = planTargets({ team: null, agents, shared: true, metrics: false });
  const [systemd, compose] = (['systemd', 'compose'] as const).map((target) =>
    renderTarget(target, plan, { ...renderDefaults, teamFolder: '.' })
      .map(({ text }) => text)
      .join('\n'),
  );
  // 500 idle agents were measured to have 1,500 threads and 2 GB.
  for (const text of [/TasksMax=(\d+)/u.exec(systemd!)![1], /pids_limit: (\d+)/u.exec(compose!)![1]])
    expect(Number(text)).toBeGreaterThan(2000);
  expect(Number(/mem_reservation: "?(\d+)m/u.exec(compose!)![1])).toBeGreaterThan(2000);
});
