import { relative, resolve, sep } from 'node:path';
import { parseJson, printable } from '@xmtp-messaging/errors';
import { addHostOptions, deploy, type DeployReport, type HostFlags } from '@xmtp-messaging/skill';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { CliError } from '../errors.ts';
import { createPrinter, type Printer } from '../output/create-printer.ts';
import { formatTable } from '../output/format-table.ts';
import { nextSteps } from '../targets/next-steps.ts';
import { planTeam } from '../targets/plan-team.ts';
import { renderSkills } from '../targets/render-skills.ts';
import { renderDefaults, renderTarget } from '../targets/render-target.ts';
import { targetNames, type TargetName } from '../targets/types.ts';
import { writeTarget } from '../targets/write-target.ts';
import { readTeam, requireTeamFile, teamPaths } from '../team/team-folder.ts';
import { type Context, withJson } from './context.ts';

interface Flags extends HostFlags {
  json: boolean;
  agent?: string;
  shared?: boolean;
  dryRun: boolean;
  target?: TargetName;
  out?: string;
  image: string;
  exec?: string;
  storage: string;
  storageClass?: string;
  serviceMonitor: boolean;
}

const help = `
With --target it also renders, from the same team file, what runs the team elsewhere: one process and one volume for each agent.
No secret is in it: secrets stay files of yours, and what is left to do is printed.`;

/** `deploy`: the skill and the settings of each agent, without starting anything; and what runs the team elsewhere. */
export function addDeployCommand(program: Command, { terminal }: Context): void {
  const command = program
    .command('deploy')
    .argument('[team]', 'the team file (default: team.yaml here or above)')
    .option('-a, --agent <name>', 'only this agent')
    .option('--shared', 'for one process that serves all agents (default: what the team file says)')
    .option('--no-shared', 'for a process for each agent')
    .option('--dry-run', 'write nothing', false)
    .addOption(new Option('--target <target>', 'also render what runs the team there').choices(targetNames))
    .option('--out <folder>', 'where that is written (default: deploy/TARGET beside the team file)')
    .option('--image <reference>', 'container image', renderDefaults.image)
    .option('--exec <command>', 'systemd: the server, as a path or a JSON array of program and arguments')
    .option('--storage <size>', 'kubernetes, helm: size of each volume', renderDefaults.storage)
    .option('--storage-class <name>', 'kubernetes, helm: class of the volumes (default: that of the cluster)')
    .option('--service-monitor', 'kubernetes, helm: let Prometheus Operator scrape the metrics', false)
    .description('write the skill and the settings of each agent; `up` does so by itself')
    .addHelpText('after', help);
  withJson(addHostOptions(command)).action(async (named: string | undefined, flags: Flags) => {
    const print = createPrinter(terminal, flags);
    const team = requireTeamFile(terminal.cwd, named);
    const { agent, shared, dryRun, target, for: hosts, mcp } = flags;
    const report = await deploy({ team, agent, shared, dryRun, for: hosts, mcp, env: terminal.env });
    const rendered = target === undefined ? null : await render(target, { team, report, flags, cwd: terminal.cwd });
    print.value({ ok: true, ...report, target: rendered === null ? null : { ...rendered, steps: undefined } });
    showReport(print, report);
    if (rendered === null) return;
    for (const path of rendered.files) print.line(`${dryRun ? 'would write' : 'wrote'} ${printable(path)}`);
    for (const step of rendered.steps) print.note(step);
  });
}

async function render(
  target: TargetName,
  { team, report, flags, cwd }: { team: string; report: DeployReport; flags: Flags; cwd: string },
) {
  const config = await readTeam(team);
  const { folder } = teamPaths(team);
  const out = flags.out === undefined ? resolve(folder, 'deploy', target) : resolve(cwd, flags.out);
  const plan = planTeam(config, { report, metrics: flags.serviceMonitor });
  const { image, storage, storageClass = null, serviceMonitor } = flags;
  const skills = await renderSkills(config, { target, plan, report, out });
  const rendered = renderTarget(target, plan, {
    image,
    storage,
    storageClass,
    serviceMonitor,
    command: flags.exec === undefined ? renderDefaults.command : readCommand(flags.exec),
    teamFolder: relative(out, folder).split(sep).join('/'),
  });
  const files = [...rendered, ...skills];
  const paths = flags.dryRun ? files.map(({ path }) => resolve(out, path)) : await writeTarget(out, files);
  const needs = plan.workloads.map(({ name, files: needed, secretVariables }) => ({
    name,
    files: needed,
    secretVariables,
  }));
  const apart = config.allowsEachOther
    ? ['"allow: each-other" is done by `up`; elsewhere, put the members on the lists with `allow`.']
    : [];
  return { name: target, files: paths, needs, steps: [...nextSteps(target, plan), ...apart] };
}

function showReport(print: Printer, { agents, warnings, dryRun }: DeployReport): void {
  print.line(
    formatTable(agents, [
      { heading: 'AGENT', cell: ({ name }) => name },
      {
        heading: 'OUTCOME',
        cell: ({ outcome }) => (dryRun && outcome === 'deployed' ? 'would be deployed' : outcome),
      },
      { heading: 'PORT', cell: (agent) => (agent.outcome === 'deployed' ? agent.port : null) },
    ]),
  );
  for (const agent of agents)
    for (const { path, state } of agent.files)
      if (state !== 'unchanged') print.line(`${dryRun ? `would be ${state}` : state} ${printable(path)}`);
  for (const warning of warnings) print.note(printable(warning));
}

/** As `OWS_COMMAND` is read. */
function readCommand(text: string): [string, ...string[]] {
  if (!text.trimStart().startsWith('[')) return [text];
  const parsed = z.tuple([z.string().min(1)], z.string()).safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new CliError({
    code: 'ARGUMENT_INVALID',
    shortMessage: '--exec is neither a path nor a JSON array of strings.',
  });
}
