import { randomUUID } from 'node:crypto';
import type { PermissionResult, SDKResultSuccess, SDKUserMessage } from '@anthropic-ai/claude-agent-sdk';
import type { Beginning, Host } from './create-host.ts';

interface Block {
  type: string;
  id: string;
  name: string;
  text: string;
  input: Record<string, unknown>;
}
interface ToolAnswer {
  result?: { content: object[]; isError?: boolean };
  error?: { message: string };
}

/** What a run needs. */
export interface RunOptions {
  host: Host;
  prompt: SDKUserMessage['message'];
  /** Asks the model, by a request of the Messages API. */
  ask: (body: object) => Promise<object>;
  maxTurns: number;
  permission: Permission;
}

/** How it is decided whether a tool is used: the host is asked, or not. */
export type Permission = 'asked' | 'given' | 'denied';

/** Lets the model speak, and use the tools of the host when the host allows it, until it has an answer; tells the host. */
export async function runTurns({ host, prompt, ask, maxTurns, permission }: RunOptions): Promise<void> {
  const { systemPrompt = [], sdkMcpServerManifests = {} } = host.beginning();
  const messages: object[] = [prompt];
  const tools = toolsOf(sdkMcpServerManifests);
  for (let turn = 1; turn <= maxTurns; turn += 1) {
    const { content } = (await ask({ system: systemPrompt.map(asText), tools, messages })) as { content: Block[] };
    const calls = content.filter(({ type }) => type === 'tool_use');
    if (calls.length === 0) {
      host.tell(resultOf(content.map(({ text }) => text).join(''), turn));
      return;
    }
    const results = [];
    for (const call of calls) results.push(await useTool(host, call, permission));
    messages.push({ role: 'assistant', content }, { role: 'user', content: results });
  }
  throw new Error(`No answer after ${maxTurns} turns.`);
}

async function useTool(host: Host, { id, name, input }: Block, permission: Permission): Promise<object> {
  const decisions: Record<Permission, () => Promise<PermissionResult>> = {
    asked: async () => {
      const request = { subtype: 'can_use_tool' as const, tool_name: name, input, tool_use_id: id };
      return (await host.ask(request)) as unknown as PermissionResult;
    },
    given: async () => ({ behavior: 'allow' }),
    denied: async () => ({ behavior: 'deny', message: 'Nobody is there to allow it.' }),
  };
  const decision = await decisions[permission]();
  if (decision.behavior === 'deny')
    return { type: 'tool_result', tool_use_id: id, content: decision.message, is_error: true };
  const [, server = '', tool = ''] = name.split('__');
  const params = { name: tool, arguments: decision.updatedInput ?? input };
  const message = { jsonrpc: '2.0' as const, id, method: 'tools/call', params };
  const answer = await host.ask({ subtype: 'mcp_message', server_name: server, message });
  const { result, error } = answer['mcp_response'] as ToolAnswer;
  const content = result?.content ?? error?.message ?? '';
  return { type: 'tool_result', tool_use_id: id, content, is_error: result === undefined || result.isError === true };
}

/** By the names that a model knows the tools of a server by: `mcp__server__tool`. */
function toolsOf(manifests: NonNullable<Beginning['sdkMcpServerManifests']>): object[] {
  return Object.entries(manifests).flatMap(([server, { toolsListResult = {} }]) => {
    const { tools = [] } = toolsListResult as { tools?: { name: string; description: string; inputSchema: object }[] };
    return tools.map(({ name, description, inputSchema }) => ({
      name: `mcp__${server}__${name}`,
      description,
      input_schema: inputSchema,
    }));
  });
}

const asText = (text: string) => ({ type: 'text', text });

function resultOf(result: string, turns: number): SDKResultSuccess {
  return {
    type: 'result',
    subtype: 'success',
    is_error: false,
    result,
    num_turns: turns,
    stop_reason: 'end_turn',
    duration_ms: 1,
    duration_api_ms: 1,
    total_cost_usd: 0,
    usage: { input_tokens: 1, output_tokens: 1 } as SDKResultSuccess['usage'],
    modelUsage: {},
    permission_denials: [],
    uuid: randomUUID(),
    session_id: randomUUID(),
  };
}
