import { onTestFinished } from 'vitest';
import type { AccountSnapshot, ChannelRuntime, GatewayContext, ReplyPayload } from '../src/host.ts';
import { type Account, readAccount } from '../src/read-account.ts';

/** A turn of the agent, as the host would begin it. */
export interface Turn {
  facts: Record<string, Record<string, unknown>>;
  /** Sends an answer. */
  say: (payload: ReplyPayload) => Promise<{ visibleReplySent: boolean }>;
}

/** The part of OpenClaw that this channel touches: it begins turns, and keeps pairing requests. */
export function createFakeHost(
  section: Record<string, unknown>,
  answer: (turn: Turn) => Promise<void> = async () => {},
) {
  const cfg = { channels: { xmtp: section } };
  const turns: Turn[] = [];
  const requests: { id: string; meta?: Record<string, string> }[] = [];
  const approved: string[] = [];
  const statuses: AccountSnapshot[] = [];
  const logged: string[] = [];
  const ending = new AbortController();
  const runtime: ChannelRuntime = {
    routing: {
      resolveAgentRoute: ({ peer, dmScope }) => ({
        agentId: 'main',
        sessionKey: `${dmScope}:${peer.kind}:${peer.id}`,
        dmScope,
      }),
    },
    inbound: {
      buildContext: (facts) => facts,
      run: async ({ raw, adapter }) => {
        const planned = (await adapter.resolveTurn(adapter.ingest(raw))) as {
          ctxPayload: Turn['facts'];
          delivery: { deliver: Turn['say'] };
        };
        const turn = { facts: planned.ctxPayload, say: planned.delivery.deliver };
        turns.push(turn);
        await answer(turn);
      },
    },
    pairing: {
      readAllowFromStore: async () => approved,
      upsertPairingRequest: async ({ id, meta = {} }) => {
        const created = requests.every((request) => request.id !== id);
        if (created) requests.push({ id, meta });
        return { code: 'ABCD2345', created };
      },
    },
  };
  const log = { info: (text: string) => void logged.push(text), warn: (text: string) => void logged.push(text) };
  const context = (): GatewayContext<Account> => ({
    cfg,
    account: readAccount(cfg),
    abortSignal: ending.signal,
    log,
    setStatus: (status) => void statuses.push(status),
    channelRuntime: runtime,
  });
  return {
    cfg,
    turns,
    requests,
    approved,
    statuses,
    logged,
    context,
    stop: () => ending.abort(),
    /** Runs an account until the end of the test, or `stop`. */
    start(run: (context: GatewayContext<Account>) => Promise<void>): Promise<void> {
      const running = run(context());
      onTestFinished(async () => {
        ending.abort();
        await running;
      });
      return running;
    },
  };
}
