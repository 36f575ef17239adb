import { parseJson, quoteInput } from '@xmtp-messaging/errors';
import { z } from 'zod';
import { parseEnvironment } from '../config/parse-environment.ts';
import { readSecretFile } from '../config/read-secret-file.ts';
import { agentVariables } from '../environment/agent-variables.ts';
import { configError } from '../errors.ts';
import type { SharedAgent } from './types.ts';

const maxBytes = 8_000_000;

const agentsFile = z.strictObject({
  agents: z
    .array(
      z.strictObject({
        name: z.string(),
        env: z.record(z.string(), z.string()).optional(),
        envFiles: z.array(z.string().refine((path) => path.startsWith('/'), 'expected an absolute path')).optional(),
      }),
    )
    .min(1, 'expected at least one agent'),
});

/** Where the agents of a port are written down. */
export interface AgentsFileOptions {
  /** Others may read the file. @default false */
  allowShared?: boolean | undefined;
  /** Environment that all agents start from. */
  inherited: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads which agents are behind a port: `{ agents: [{ name, env, envFiles }] }`. Of each the files are read at each of its starts, so that a
 * mended one needs no restart of the others.
 * @throws ServerError CONFIG_INVALID
 */
export function readAgentsFile(path: string, { allowShared, inherited }: AgentsFileOptions): SharedAgent[] {
  const read = readSecretFile(path, { allowShared, maxBytes });
  if (!read.ok) throw configError([`XMTP_AGENTS_FILE ${read.problem}`]);
  const parsed = agentsFile.safeParse(parseJson(read.secret));
  if (!parsed.success) {
    // The values may be secrets; where they stand is none.
    const places = parsed.error.issues.map(({ path: at, message }) => `${at.join('.') || 'the whole'}: ${message}`);
    throw configError(
      places
        .slice(0, 20)
        .map((place) => `XMTP_AGENTS_FILE cannot be used at ${quoteInput(place, { maxLength: 200 })}.`),
    );
  }
  return parsed.data.agents.map(({ name, env, envFiles = [] }) => ({
    name,
    settings: async () => parseEnvironment(await agentVariables({ inherited, env, files: envFiles })),
  }));
}
