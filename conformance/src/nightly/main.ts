import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { arch, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findBinding } from '@xmtp-messaging/glibc-compat';
import { stopOnSignals } from '@xmtp-messaging/stage';
import { Command } from 'commander';
import { fetchPackages } from '../clients/fetch-packages.ts';
import { findNightly } from './find-nightly.ts';
import { highestGlibc } from './highest-glibc.ts';
import { compareDeclarations, readDeclarations } from './read-declarations.ts';
import { runScenarios } from './run-scenarios.ts';
import { runSuite } from './run-suite.ts';
import { toReport } from './to-report.ts';

const page = new URL('../../../docs/nightly.md', import.meta.url);
const name = '@xmtp/node-sdk';

const tell = (line: string) => void process.stderr.write(`${line}\n`);

async function readPackage(sdkFolder: string, bindingsFolder: string) {
  const read = (...path: string[]) => readFile(join(...path), 'utf8');
  const versionOf = async (folder: string) =>
    (JSON.parse(await read(folder, 'package.json')) as { version: string }).version;
  return {
    version: await versionOf(sdkFolder),
    bindings: await versionOf(bindingsFolder),
    sdk: readDeclarations(await read(sdkFolder, 'dist/index.d.ts')),
    native: readDeclarations(await read(bindingsFolder, 'dist/index.d.ts')),
    glibc: highestGlibc(await readFile(join(bindingsFolder, 'dist', `bindings_node.linux-${arch()}-gnu.node`))),
  };
}

interface Flags {
  readonly version?: string;
  readonly write?: true;
  readonly tests: boolean;
}

async function main({ version, write, tests }: Flags, signal: AbortSignal): Promise<void> {
  const packages = await mkdtemp(join(tmpdir(), 'xmtp-messaging-nightly-'));
  try {
    await fetchPackages({ folder: packages, packages: { [name]: version ?? (await findNightly(name)) }, tell });
    const modules = join(packages, 'node_modules', '@xmtp');
    const next = await readPackage(join(modules, 'node-sdk'), join(modules, 'node-bindings'));
    const ownSdk = fileURLToPath(new URL('..', import.meta.resolve(name)));
    const here = fileURLToPath(new URL('../..', import.meta.url));
    const ownBindings = join(findBinding({ from: here, arch: arch() }), '../..');
    const own = await readPackage(ownSdk, ownBindings);
    const options = { packages, signal };
    tell('Playing the scenarios ...');
    const rows = await runScenarios(options);
    if (tests) tell('Running the end-to-end tests of the mailbox and the agent ...');
    const suite = tests ? await runSuite(['packages/xmtp-core', 'packages/agent'], options) : null;
    const report = toReport({
      version: next.version,
      bindings: next.bindings,
      current: own.version,
      glibc: { before: own.glibc, after: next.glibc },
      sdk: compareDeclarations(own.sdk, next.sdk),
      native: compareDeclarations(own.native, next.native),
      rows,
      suite,
    });
    process.stdout.write(report);
    if (write === true) await writeFile(page, report);
  } finally {
    await rm(packages, { recursive: true, force: true });
  }
}

const stop = stopOnSignals();
await new Command('npm run nightly --')
  .description(
    "XMTP's newest nightly build under our scenarios and tests; prints what breaks and what is new, and ends with 0.",
  )
  .option('--version <version>', 'this version (default: the newest nightly that npm has)')
  .option('--no-tests', 'the scenarios alone')
  .option('--write', 'writes docs/nightly.md')
  .action((flags: Flags) => main(flags, stop.signal))
  .parseAsync();
