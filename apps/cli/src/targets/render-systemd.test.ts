import { expect, test } from 'vitest';
import { planTargets } from './plan-targets.ts';
import { renderSystemd } from './render-systemd.ts';

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
