import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { mayHoldSecret } from './may-hold-secret.ts';
import { type PlannedAgent, planTargets } from './plan-targets.ts';
import { renderDefaults, renderTarget } from './render-target.ts';
import type { TargetName } from './types.ts';

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 8);
const timeout = Math.max(30_000, numRuns * 1000);
const options = { ...renderDefaults, teamFolder: '../..' };

// What some reader takes for something else; NUL cannot be in an environment.
const piece = fc.oneof(
  fc.constantFrom(
    '$',
    '$$',
    '${HOME}',
    '$(PATH)',
    '$HOME',
    '%',
    '%%',
    '%n',
    '%i',
    '"',
    "'",
    '\\',
    '\\n',
    '\\"',
    '`id`',
  ),
  fc.constantFrom(
    '\n',
    '\r',
    '\t',
    ' ',
    '#',
    ' #',
    ': ',
    '- ',
    '{{ .Values }}',
    '&a',
    '*a',
    '!x',
    '|',
    '>',
    '@',
    '---',
  ),
  fc.constantFrom(
    'yes',
    'no',
    'null',
    '~',
    '0777',
    '1_000',
    '1e3',
    '12:30:45',
    '\u0085',
    '\u2028',
    '\ufeff',
    'é',
    '😀',
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const hostile = fc
  .array(piece, { maxLength: 8 })
  .map((pieces) => pieces.join('').replaceAll('\0', '').toWellFormed())
  // Of those that may hold a secret only the name is rendered.
  .filter((text) => !mayHoldSecret(text));
const name = fc.stringMatching(/^[A-Za-z0-9](?:\.?[A-Za-z0-9_-]){0,31}$/);
// Few agents with much to say: reading YAML is slow, and the texts are what counts.
const agents = fc.uniqueArray(fc.record({ name, texts: fc.array(hostile, { minLength: 1, maxLength: 24 }) }), {
  minLength: 1,
  maxLength: 2,
  selector: (agent) => agent.name.toLowerCase(),
});
const planned = ({ name, texts }: { name: string; texts: readonly string[] }, index: number): PlannedAgent => ({
  name,
  port: 4101 + index,
  settings: Object.fromEntries(texts.map((text, each) => [`V_${'I'.repeat(each + 1)}`, text])),
});

type Variables = Record<string, string>;
interface Rendered {
  files: Record<string, string>;
}

function render(target: TargetName, team: string, all: readonly PlannedAgent[], shared = false): Rendered {
  const plan = planTargets({ team, agents: all, shared, metrics: false });
  const files = renderTarget(target, plan, options);
  return { files: Object.fromEntries(files.map(({ path, text }) => [path, text])) };
}

/** https://github.com/compose-spec/compose-spec/blob/main/12-interpolation.md: what is left of a string when nothing is set. */
const interpolate = (text: string): string =>
  text.replaceAll(/\$(?:\$|\{[^}]*\}?|\w+|)/gu, (each) => (each === '$$' ? '$' : '<filled in>'));

/** https://pkg.go.dev/k8s.io/kubernetes/third_party/forked/golang/expansion */
const expand = (text: string): string =>
  text.replaceAll(/\$(?:\$|\([^)]*\))/gu, (each) => (each === '$$' ? '$' : '<expanded>'));

/** systemd.exec(5), EnvironmentFile: within double quotes a backslash stands before any of `"\`$` and itself. */
function readEnvironmentFile(text: string): Variables {
  const found: Variables = {};
  const assignment = /^(?:#.*\n|([A-Z_]+)="((?:[^"\\]|\\[^])*)"\n)/u;
  let rest = text;
  for (let match = assignment.exec(rest); match !== null; match = assignment.exec(rest)) {
    if (match[1] !== undefined) found[match[1]] = match[2]!.replaceAll(/\\([^])/gu, '$1');
    rest = rest.slice(match[0].length);
  }
  expect(rest).toBe('');
  return found;
}

/** As a reader of YAML 1.1 and one of 1.2 take it, which must be the same. */
function bothYaml(text: string): unknown[] {
  const [old, current] = (['1.1', '1.2'] as const).map((version) =>
    parseAllDocuments(text, { version, logLevel: 'error' }).map((each) => each.toJS() as unknown),
  );
  expect(old).toEqual(current);
  return current!;
}

test.prop([agents, hostile], { numRuns })(
  'compose says what the team file says, whatever is in it',
  (all, team) => {
    const { files } = render('compose', team, all.map(planned));
    const [document] = bothYaml(files['compose.yaml']!) as [{ services: Record<string, { environment: Variables }> }];
    const found = Object.values(document.services).map(({ environment }) => environment);
    expect(found).toHaveLength(all.length);
    for (const [index, environment] of found.entries())
      for (const [variable, value] of Object.entries(planned(all[index]!, index).settings))
        expect(interpolate(environment[variable]!)).toBe(value);
  },
  timeout,
);

test.prop([agents, hostile], { numRuns })(
  'manifests say what the team file says, whatever is in it',
  (all, team) => {
    const { files } = render('kubernetes', team, all.map(planned));
    const objects = bothYaml(files['kubernetes.yaml']!) as {
      kind: string;
      metadata: { name: string };
      spec: { template: { spec: { containers: { env: { name: string; value?: string }[] }[] } } };
    }[];
    for (const { metadata } of objects) expect(metadata.name).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,50}[a-z0-9])?$/u);
    const sets = objects.filter(({ kind }) => kind === 'StatefulSet');
    expect(sets).toHaveLength(all.length);
    for (const [index, { spec }] of sets.entries()) {
      const env = spec.template.spec.containers[0]!.env;
      for (const [variable, value] of Object.entries(planned(all[index]!, index).settings))
        expect(expand(env.find((each) => each.name === variable)!.value!)).toBe(value);
    }
  },
  timeout,
);

test.prop([agents, hostile], { numRuns })(
  'values for the chart say what the team file says, whatever is in it',
  (all, team) => {
    const { files } = render('helm', team, all.map(planned));
    const [{ workloads }] = bothYaml(files['values.yaml']!) as [{ workloads: { settings: Variables }[] }];
    expect(workloads.map(({ settings }) => settings)).toEqual(all.map((each, index) => planned(each, index).settings));
  },
  timeout,
);

test.prop([agents, hostile], { numRuns })(
  'the environment files of units say what the team file says, whatever is in it, and no unit has a line more for it',
  (all, team) => {
    const { files } = render('systemd', team, all.map(planned));
    const units = Object.entries(files).filter(([path]) => path.endsWith('.service'));
    const plain = render('systemd', 'team', [planned({ name: 'a', texts: [] }, 0)]).files['xmtp-messaging-a.service']!;
    expect(units).toHaveLength(all.length);
    for (const [index, [path, unit]] of units.entries()) {
      expect(path).toMatch(/^xmtp-messaging-[a-z0-9-]+\.service$/u);
      const keys = (text: string) => text.split('\n').map((line) => /^(?:#.*|\[.*\]|\w+=)?/u.exec(line)![0]);
      expect(keys(unit)).toEqual(keys(plain));
      const found = readEnvironmentFile(files[path.replace('.service', '.env')]!);
      expect(found).toMatchObject(planned(all[index]!, index).settings);
    }
  },
  timeout,
);

test.prop([fc.array(hostile, { minLength: 60, maxLength: 60 })], { numRuns: 1 })(
  'a shell reads those files the same',
  async (texts) => {
    const folder = await temporaryDirectory();
    const settings = Object.fromEntries(texts.map((text, index) => [`V_${'I'.repeat(index + 1)}`, text]));
    const { files } = render('systemd', 'team', [{ name: 'a', port: 1, settings }]);
    writeFileSync(join(folder, 'a.env'), files['xmtp-messaging-a.env']!);
    const print = `set -a; . ./a.env; exec "$0" -e 'process.stdout.write(JSON.stringify(process.env))'`;
    const said = execFileSync('/bin/sh', ['-c', print, process.execPath], { cwd: folder, env: {} });
    expect(JSON.parse(said.toString())).toMatchObject(settings);
  },
  timeout,
);

test.prop([agents, hostile], { numRuns })(
  'the agents of one process are told what the team file says, whatever is in it',
  (all, team) => {
    for (const target of ['compose', 'systemd'] as const) {
      const { files } = render(target, team, all.map(planned), true);
      const [path, text] = Object.entries(files).find(([each]) => each.endsWith('.agents.json'))!;
      expect(path).toMatch(/^xmtp-[a-z0-9-]+\.agents\.json$/u);
      const { agents: found } = JSON.parse(text) as { agents: { name: string; env: Variables }[] };
      expect(found.map((each) => each.name)).toEqual(all.map((each) => each.name));
      for (const [index, { env }] of found.entries()) expect(env).toMatchObject(planned(all[index]!, index).settings);
      for (const other of Object.keys(files)) expect(other).toMatch(/^[a-z0-9][a-z0-9.-]+$/u);
      const unit = Object.entries(files).find(([each]) => each.endsWith('.service'))?.[1] ?? '';
      for (const line of unit.split('\n')) expect(line).toMatch(/^(?:#.*|\[\w+\]|[A-Z]\w+=.*|)$/u);
    }
  },
  timeout,
);

const secretUrl = fc
  .tuple(fc.stringMatching(/^[a-z0-9]{12}$/), fc.constantFrom('user', 'query', 'both'))
  .map(([secret, place]) => ({
    secret: `s3cr3t${secret}`,
    url: `https://${place === 'query' ? '' : `me:s3cr3t${secret}@`}h.example/in${place === 'user' ? '' : `?key=s3cr3t${secret}`}`,
  }));
const target = fc.constantFrom<TargetName>('compose', 'systemd', 'kubernetes', 'helm');

test.prop([target, fc.boolean(), secretUrl], { numRuns: numRuns * 4 })(
  'what may hold a secret is named in every target, and never in it',
  (which, shared, { secret, url }) => {
    const agent = { name: 'a', port: 4101, settings: { OWS_PASSPHRASE_FILE: 'pass', XMTP_WEBHOOK_URL: url } };
    const plan = planTargets({ team: null, agents: [agent], shared, metrics: false });
    const text = renderTarget(which, plan, options)
      .map((each) => each.text)
      .join('\n');
    expect(text).not.toContain(secret);
    expect(text).toContain('ows-passphrase');
    const [workload] = plan.workloads;
    if (shared) expect(workload!.files).toContainEqual({ key: 'a.env', source: null });
    else expect(workload!.secretVariables).toEqual(['XMTP_WEBHOOK_URL']);
  },
  timeout,
);
