// TypeScript of a document, run as it stands in a project that has our packages installed.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { matchValue } from './match-value.mjs';
import { startShell } from './run-shell.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const flags = `--conditions=@xmtp-messaging/source --disable-warning=ExperimentalWarning --import "${join(root, 'packages/glibc-compat/src/register.ts')}"`;
const end = 'the last line was reached';

/** What a reader puts in for themselves: their network, their names, their folders. */
function here(code, { url, answering, home, hosts }) {
  return code
    .replaceAll(/env: '(?:production|dev)'(?<as> as const)?/gu, `env: 'local'$<as>, apiUrl: '${url}'`)
    .replaceAll('openAgent({', `openAgent({ names: { hostsFile: '${hosts}' },`)
    .replaceAll(/0x8c1f[\da-f]{36}\b/gu, answering)
    .replaceAll(/'\/(?:home|srv)\/[a-z]+\/?/gu, `'${home}/`)
    .replaceAll("'/run/secrets/ows'", `'${home}/ows.credential'`)
    .replaceAll('timeout(60_000)', 'timeout(5_000)');
}

/** Who calls what a block exports: with an agent that has a wallet, or a mailbox in memory. */
const callers = {
  plan: `import { openAgent } from '@xmtp-messaging/agent';
const agent = await openAgent({ wallet: 'my-agent', network: { env: 'production' } });
await plan(agent);
await agent.close();
`,
  lookAround: `import { createTestMailbox } from '@xmtp-messaging/xmtp-core/testing';
const mailbox = await createTestMailbox();
await mailbox.receive({ from: '0x8c1f0f0c4f5ba0f2a1d0f1e3b2c4d5e6f7a8b902', text: 'Hello' });
await lookAround(mailbox);
await mailbox.close();
`,
};

/** A line that is a value, with what it is behind it, says both. */
const told =
  /^(?!(?:import|export|const|let|if|for|await|declare|type|void)\b)(?<value>[a-zA-Z][^;]*); \/\/ (?<shown>.+)$/u;

/** The program, and what it says each such line is: `[line, shown]`. */
export function tell(code) {
  const values = [];
  const lines = code.split('\n').map((text, index) => {
    const { value, shown } = told.exec(text)?.groups ?? {};
    if (value === undefined) return text;
    values.push([index, shown]);
    return `console.log('value ${index} ' + JSON.stringify(${value}));`;
  });
  return { code: `export {};${lines.join('\n')}\nconsole.log('${end}');\n`, values };
}

/** Runs it to its last line. What listens stays until the document ends, and anything else that goes on is ended. @returns what is wrong */
export async function runProgram(block, stage) {
  const [, exported] = /^export (?:async )?function (\w+)/mu.exec(block.code) ?? [];
  const called = exported === undefined ? '' : callers[exported];
  const { code, values } = tell(here(stage.here(block.code + called), stage));
  const file = `line-${block.line}.ts`;
  await writeFile(join(stage.project, file), code);
  const command = `exec node ${flags} ${file}`;
  const program = startShell(command, { cwd: stage.project, env: stage.env });
  const listens = code.includes('.listen(');
  try {
    await program.until(() => program.printed().includes(end));
  } catch (error) {
    return [error.message];
  } finally {
    if (listens) stage.keep(program);
    else await program.end();
  }
  return values.flatMap(([line, shown]) => {
    const [, found] = new RegExp(`^value ${line} (.*)$`, 'mu').exec(program.printed()) ?? [];
    return matchValue(shown, found === undefined || found === 'undefined' ? undefined : JSON.parse(found)).map(
      (why) => `line ${block.line + 1 + line}: ${why}`,
    );
  });
}
