import process from 'node:process';
import { Agent } from '@xmtp/agent-sdk';
import { Client } from '@xmtp/node-sdk';
import { createAccount } from '../../src/index.ts';

/** In the place of the SDK for browsers, which runs in no process of Node, a page says what it was asked for. */
const page = { create: (_signer: unknown, options: object) => Promise.resolve({ options }) };
const names = ['Client', 'Agent', 'signer'];

const [nodeLine, agentLine, browserLine] = process.argv.slice(-3);
const evaluate = (line: string, sdk: object): Promise<unknown> => {
  // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- that it runs as it stands is what is tested
  const run = new Function(...names, `return (async () => (${line}))()`) as (...given: unknown[]) => Promise<unknown>;
  return run(sdk, Agent, createAccount().signer);
};
const client = (await evaluate(nodeLine!, Client)) as { isRegistered: boolean };
const agent = (await evaluate(agentLine!, Client)) as { client: { isRegistered: boolean } };
const browser = (await evaluate(browserLine!, page)) as { options: object };
const seen = { node: client.isRegistered, agent: agent.client.isRegistered, browser: browser.options };
process.stdout.write(JSON.stringify(seen), () => process.exit());
