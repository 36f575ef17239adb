import { setTimeout as delay } from 'node:timers/promises';
import { createHttpClient } from '../peers/create-http-client.ts';
import type { Server } from '../peers/launch-server.ts';
import type { FleetAgent } from './create-fleet.ts';

const callers = 16;

/** Messages a second, out of one agent and into it, while all others of its fleet are idle. */
export interface Rates {
  send: number;
  receive: number;
}

/** @param other A server that is no member of the fleet, as the other side of the conversation. */
export async function measureRates(agent: FleetAgent, other: Server, count: number): Promise<Rates> {
  const headers = { 'content-type': 'application/json', ...(await agent.operator()) };
  const put = await fetch(`${agent.url}/xmtp/allowlist/${other.address}`, { method: 'PUT', headers, body: '{}' });
  if (!put.ok) throw new Error(`PUT /xmtp/allowlist answered ${put.status}: ${await put.text()}`);
  await other.allow([agent.address]);
  const http = createHttpClient(new URL(agent.url).origin);
  const path = new URL(agent.url).pathname.replace(/\/$/u, '');
  try {
    // The first message makes the conversation.
    await http.sendJson('POST', `${path}/xmtp/send`, { to: other.address, message: 'first' });
    let next = 0;
    const begun = performance.now();
    const send = async () => {
      for (; next < count;) {
        next += 1;
        await http.sendJson('POST', `${path}/xmtp/send`, { to: other.address, message: `message ${next}` });
      }
    };
    await Promise.all(Array.from({ length: callers }, send));
    const sendMs = performance.now() - begun;

    const heard = async () => {
      const page = (await http.getJson(`${path}/xmtp/messages?limit=1000`)) as { messages: unknown[] };
      return page.messages.length;
    };
    const since = performance.now();
    const sending = other.send({ to: [agent.address], count, callers });
    for (const end = since + 300_000; (await heard()) < count; await delay(50))
      if (performance.now() > end) throw new Error(`only ${await heard()} of ${count} messages arrived`);
    const receiveMs = performance.now() - since;
    await sending;
    return { send: count / (sendMs / 1000), receive: count / (receiveMs / 1000) };
  } finally {
    http.close();
  }
}
