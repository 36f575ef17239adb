// What the SDK starts here in the place of Claude Code, whose program of 380 MB is not installed: the same flags, frames on stdin and stdout,
// and questions to the SDK's host, around a model that is asked by the Messages API. It has no tools of its own.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { createHost } from './create-host.ts';
import { type Permission, runTurns } from './run-turns.ts';

const { ANTHROPIC_BASE_URL, ANTHROPIC_API_KEY } = process.env;
// Strict, as the program is: it ends with an error on a flag that it does not know.
const { values } = parseArgs({
  options: {
    'input-format': { type: 'string' },
    'max-turns': { type: 'string' },
    model: { type: 'string' },
    'no-session-persistence': { type: 'boolean' },
    'output-format': { type: 'string' },
    'permission-mode': { type: 'string' },
    'permission-prompt-tool': { type: 'string' },
    'setting-sources': { type: 'string' },
    'strict-mcp-config': { type: 'boolean' },
    tools: { type: 'string' },
    verbose: { type: 'boolean' },
  },
});

const host = createHost(process.stdin, process.stdout);
for await (const { message } of host.prompts) {
  const { model = 'default', 'max-turns': maxTurns = '100' } = values;
  const ask = async (body: object) => {
    const response = await fetch(`${ANTHROPIC_BASE_URL}/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': ANTHROPIC_API_KEY ?? '' },
      body: JSON.stringify({ model, max_tokens: 1_024, ...body }),
      signal: AbortSignal.timeout(30_000),
    });
    return (await response.json()) as object;
  };
  await runTurns({ host, prompt: message, ask, maxTurns: Number(maxTurns), permission: permissionOf(values) });
}

/** Without a mode it may be that of a classifier, which may allow anything; without a host that decides, nobody can be asked. */
function permissionOf({ 'permission-mode': mode, 'permission-prompt-tool': decides }: typeof values): Permission {
  if (mode !== 'default') return 'given';
  return decides === 'stdio' ? 'asked' : 'denied';
}
