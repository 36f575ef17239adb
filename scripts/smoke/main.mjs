// `npm run smoke`: every package from its tarball, in empty projects, as strangers have them. Needs the npm registry; takes some minutes.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { standInForAbsent } from './absent.mjs';
import { inspectTarball } from './inspect-tarball.mjs';
import { entriesOf, importAll, importInOld, refuseAll, requireAll } from './load.mjs';
import { packAll, publishedPackages } from './pack.mjs';
import { countPackages, createProject, managerNames } from './project.mjs';
import { compilers, fetchTool, oldRuntimes, runtimes } from './tools.mjs';
import { compile, firstExample, resolutions } from './types.mjs';

const help = `Usage: npm run smoke -- [options]

Packs every package, and in empty projects under npm, pnpm and yarn installs, imports, requires and type-checks it.

  --only <names>   packages, separated by commas: errors,agent
  --examples       plays each of examples/ in an empty project instead; --only takes their names
  --json           one object instead of the table
  --help`;

/** What an example of a README needs beside the package it is about. */
const around = { '@types/node': '^24', '@xmtp/node-sdk': '6.0.0' };

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    examples: { type: 'boolean' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});
if (values.help) {
  process.stdout.write(`${help}\n`);
  process.exit(0);
}
if (values.examples) {
  // What surrounds them runs from the sources of this workspace, and loads XMTP's binding.
  const flags = ['--conditions=@xmtp-messaging/source', '--disable-warning=ExperimentalWarning'];
  const glibc = ['--import', resolve('packages/glibc-compat/src/register.ts')];
  const only = values.only === undefined ? [] : ['--only', values.only];
  const args = [...flags, ...glibc, resolve('scripts/smoke/examples.mjs'), ...only];
  process.exit(spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1);
}
const say = (text) => process.stderr.write(`${text}\n`);
const ows = '@open-wallet-standard/core';
const scope = '@xmtp-messaging/';
const all = publishedPackages(resolve('.'));
const only = values.only?.split(',').map((name) => (name.startsWith(scope) ? name : scope + name));
const unknown = only?.find((name) => !all.some((each) => each.name === name));
if (unknown !== undefined) {
  say(`There is no package ${unknown}. There are: ${all.map(({ name }) => name.slice(scope.length)).join(', ')}`);
  process.exit(2);
}

const root = await realpath(await mkdtemp(join(tmpdir(), 'xmtp-messaging-smoke-')));
const faults = [];
/** Runs one step; what fails is noted, and ends nothing else. */
const step = async (what, work) => {
  try {
    return await work();
  } catch (error) {
    const why = `${error.stderr ?? ''}`.trim() || error.message;
    faults.push({ what, why: why.slice(0, 2_000) });
    say(`✗ ${what}: ${why.split('\n').slice(0, 12).join('\n  ')}`);
    return null;
  }
};

try {
  say('Packing');
  const packed = await packAll(all, root);
  say('Fetching compilers and runtimes');
  const tools = {};
  for (const [name, from] of Object.entries(compilers))
    tools[name] = await step(name, () => fetchTool(root, name, from));
  for (const [name, { from }] of Object.entries({ ...runtimes, ...oldRuntimes }))
    tools[name] = await step(name, () => fetchTool(root, name, from));

  const { version } = JSON.parse(await readFile(`packages/ows-signer/node_modules/${ows}/package.json`, 'utf8'));
  const absent = await standInForAbsent(root, `${ows}@${version}`);
  for (const name of Object.keys(absent)) say(`The registry does not have ${name}: yarn gets an empty one.`);

  const rows = [];
  for (const each of packed.filter(({ name }) => only?.includes(name) ?? true))
    rows.push(await tryPackage(each, { packed, tools, absent }));
  const ok = faults.length === 0;
  process.stdout.write(values.json ? `${JSON.stringify({ ok, rows, faults }, null, 2)}\n` : table(rows));
  if (!ok) say(`${faults.length} faults.`);
  process.exitCode = ok ? 0 : 1;
} finally {
  await rm(root, { recursive: true, force: true });
}

async function tryPackage(each, { packed, tools, absent }) {
  const short = each.name.slice(scope.length);
  const entries = entriesOf(each);
  const row = {
    package: short,
    kb: Math.round(each.bytes / 1_024),
    packages: null,
    importMs: null,
    elsewhere: [],
    // Packages whose own declarations do not compile with the compiler at hand when nothing is looked away from.
    brokenTypes: [],
  };
  await step(`${short}: its tarball`, async () => {
    const wrong = await inspectTarball(each.tarball, root);
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
  });
  for (const manager of managerNames) {
    say(`${short}: ${manager}`);
    const project = join(root, `${short}-${manager}`);
    // Some entries are for those who have its peers.
    const peers = each.facts.peerDependencies ?? {};
    // Yarn 1 installs no peers of peers: whoever has vitest there has vite too.
    const also = 'vitest' in peers ? { ...peers, vite: '*' } : peers;
    const made = { manager, install: [each.name], packed, absent, also };
    const installed = await step(`${short}: ${manager} installs it`, async () => {
      await createProject(project, made);
      return true;
    });
    if (installed === null) continue;
    if (manager === 'npm') {
      row.packages = countPackages(project) - 1;
      for (const [runtime, { command }] of Object.entries(oldRuntimes))
        if (tools[runtime] !== null)
          await step(`${short}: ${runtime} is told that it is too old`, async () => {
            await refuseAll(project, each, command(tools[runtime]));
            await importInOld(project, entries, command(tools[runtime]));
          });
    }
    for (const [runtime, { must, command }] of Object.entries(runtimes)) {
      if (manager !== 'npm' && !(runtime === 'node 24')) continue;
      if (tools[runtime] === null) continue;
      const program = command(tools[runtime]);
      if (must) {
        const ms = await step(`${short}: ${runtime} imports it (${manager})`, () =>
          importAll(project, entries, program),
        );
        if (runtime === 'node 24' && manager === 'npm') row.importMs = ms;
        await step(`${short}: ${runtime} requires it (${manager})`, () => requireAll(project, entries, program));
      } else if (await loads(project, entries, program)) row.elsewhere.push(runtime);
    }
    await rm(project, { recursive: true, force: true });
  }
  await tryTypes(each, { row, short, entries, packed, tools });
  return row;
}

async function tryTypes(each, { row, short, entries, packed, tools }) {
  say(`${short}: types`);
  const project = join(root, `${short}-types`);
  const example = firstExample(await readFile(join(each.folder, 'README.md'), 'utf8'));
  const install = packed
    .map(({ name }) => name)
    .filter((name) => name === each.name || (example?.includes(`'${name}`) ?? false));
  const also = {
    ...each.facts.peerDependencies,
    ...(example?.includes('@xmtp/node-sdk') ? around : { '@types/node': around['@types/node'] }),
  };
  const made = await step(`${short}: a project for its types`, async () => {
    await createProject(project, { manager: 'npm', install, packed, also });
    return true;
  });
  if (made === null) return;
  for (const compiler of Object.keys(compilers))
    for (const resolution of Object.keys(resolutions)) {
      // It knows no top-level await under `module: preserve`.
      if (tools[compiler] === null || (compiler === 'ts 5.4' && resolution === 'preserve')) continue;
      await step(`${short}: ${compiler}, ${resolution}`, async () => {
        const { ours, others } = await compile(project, {
          entries,
          example,
          resolution,
          compiler: join(tools[compiler], 'tsc'),
        });
        for (const line of others) {
          const [, broken] = /^node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)/u.exec(line) ?? [];
          const found = `${broken} (${compiler})`;
          if (!row.brokenTypes.includes(found)) row.brokenTypes.push(found);
        }
        if (ours.length > 0) throw new Error(ours.join('\n'));
      });
    }
  await rm(project, { recursive: true, force: true });
}

async function loads(project, entries, program) {
  return await importAll(project, entries, program).then(
    () => true,
    () => false,
  );
}

function table(rows) {
  const cells = rows.map((row) => [
    row.package,
    `${row.kb} KB`,
    `${row.packages ?? '-'}`,
    row.importMs === null ? '-' : `${row.importMs} ms`,
    row.elsewhere.join(', ') || '-',
    row.brokenTypes.join(', ') || '-',
  ]);
  const lines = [
    [
      'package',
      'tarball',
      'packages with it and its peers',
      'import',
      'loads elsewhere',
      'declarations of others that do not compile',
    ],
    ...cells,
  ];
  return `${lines
    .map((line) => `| ${line.join(' | ')} |`)
    .toSpliced(1, 0, '| --- | ---: | ---: | ---: | --- | --- |')
    .join('\n')}\n`;
}
