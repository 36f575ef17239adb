// Runs the blocks of one document, from the first to the last, as a reader who follows it.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createStage } from './create-stage.mjs';
import { matchShape } from './match-shape.mjs';
import { isProgram, isRunnable } from './read-blocks.mjs';
import { runProgram } from './run-program.mjs';
import { splitCommands } from './split-commands.mjs';

/** Names that a reader has somebody behind. */
const named = /\b[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*\.eth\b/gu;

/** @returns what went wrong, with the line of its block */
export async function runDocument({ blocks }, { network, say }) {
  const meant = blocks.filter((block) => isRunnable(block) && block.run);
  const text = meant.map(({ code }) => code).join('\n');
  const stage = await createStage({ network, names: [...new Set(text.match(named))] });
  const faults = [];
  try {
    await setUp(stage, { blocks, text, network });
    const words = new Map();
    for (const block of meant) {
      say(`  line ${block.line}`);
      if (isProgram(block)) {
        // One process has a mailbox.
        if (/\bopen(?:Agent|Mailbox)\(/u.test(block.code)) await stage.rest();
        if (/127\.0\.0\.1:4101/u.test(block.code)) await stage.serve();
        faults.push(...(await runProgram(block, stage)));
        continue;
      }
      // Each command has a shell of its own; what changes a shell is said to all after it.
      let before = '';
      for (const { command, shown } of commandsOf(block)) {
        if (/localhost:4101/u.test(command)) await stage.serve();
        if (/^(?:umask|cd|export)\s/u.test(command)) {
          before += `${command}\n`;
          continue;
        }
        const line = [...words].reduce((all, [word, value]) => all.replaceAll(word, value), before + command);
        const wrong = await attempt(stage, line, { shown, words });
        faults.push(...wrong.map((why) => `line ${block.line}: ${command.split('\n')[0]}: ${why}`));
      }
    }
  } finally {
    await stage.close();
  }
  return faults;
}

/** What a document takes for granted: its team file, and wallets that it names and does not make. */
async function setUp(stage, { blocks, text, network }) {
  const written = blocks.find(({ lang, code }) => lang === 'yaml' && /^agents:/mu.test(code))?.code;
  const team = written ?? (await readFile(join(stage.project, 'examples/team/team.yaml'), 'utf8'));
  const here = `xmtp: { env: local, apiUrl: '${network.url}' }\n`;
  await writeFile(join(stage.project, 'team.yaml'), `${team.replace(/^xmtp:.*\n/mu, '')}${here}`);
  await writeFile(join(stage.project, '.env.support'), 'OWS_WALLET=my-agent-wallet\n', { mode: 0o600 });
  const made = [...text.matchAll(/wallet create (?:--name )?(?<name>[\w-]+)/gu)].map(({ groups }) => groups.name);
  const used = [...text.matchAll(/(?:OWS_WALLET=|--wallet |wallet: ')(?<name>[\w-]+)/gu)].map(
    ({ groups }) => groups.name,
  );
  // What a block exports is called with an agent.
  if (/: Agent\b/u.test(text)) used.push('my-agent');
  for (const name of new Set(used)) if (!made.includes(name)) await stage.own(name);
}

function commandsOf(block) {
  const commands = splitCommands(block);
  const last = commands.at(-1);
  return block.answer === null || last === undefined
    ? commands
    : [...commands.slice(0, -1), { ...last, shown: block.answer }];
}

async function attempt(stage, command, { shown, words }) {
  try {
    const { code, out, err } = await stage.run(command);
    if (code !== 0) return [`ended with ${code}: ${(err || out).trim().slice(-800)}`];
    return shown === null ? [] : matchShape(shown, out, words);
  } catch (error) {
    return [error.message];
  }
}
