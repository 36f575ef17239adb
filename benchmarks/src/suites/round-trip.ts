import { randomBytes } from 'node:crypto';
import type { Suite } from '../harness/suite.ts';
import { toRow } from '../harness/to-row.ts';
import { interleave } from '../measure/interleave.ts';
import { quantile } from '../measure/summarize.ts';
import { startWebhook } from '../peers/start-webhook.ts';

const name = 'round-trip';
/** Between an answer and the next question. */
const gapMs = 25;

export const roundTrip: Suite = {
  name,
  what: "between the network's stamps of a question and of its answer: a webhook that answers, beside on('text')",
  target: 'p50 ratio to agent-sdk <= 1.3',
  async run(context) {
    const count = context.pick(60, 3);
    const correspondent = await context.shared.correspondent();
    const webhook = await startWebhook();
    context.defer(webhook.close);
    // The loop guard would take a person who asks as fast as this for a program.
    const settings = {
      XMTP_WEBHOOK_URL: webhook.url,
      XMTP_WEBHOOK_SECRET: `whsec_${randomBytes(32).toString('base64')}`,
      XMTP_REPLY_LIMIT: '10000',
    };
    const [server, agentSdk] = await Promise.all([context.server({ settings }), context.agentSdk()]);
    await server.allow([correspondent.address]);
    await agentSdk.call('answer');

    const rounds: Record<string, number[][]> = {};
    const contender = (who: string, to: string) => async (round: number) => {
      const times = await correspondent.call('converse', { to, count, gapMs });
      if (round >= 0) (rounds[who] ??= []).push(times);
      return quantile(times, 0.5);
    };
    await interleave({
      contenders: { ours: contender('ours', server.address), 'agent-sdk': contender('agent-sdk', agentSdk.address) },
      rounds: context.pick(5, 1),
      warmUp: context.pick(1, 0),
      onRound: (round, of) => context.progress(round < 0 ? 'warming up' : `round ${round + 1} of ${of}`),
    });

    const valuesOf = (who: string, q: number) => rounds[who]!.map((times) => quantile(times, q));
    const peer = (q: number) => ({ name: 'agent-sdk', values: valuesOf('agent-sdk', q) });
    return [
      toRow({
        name,
        measure: 'ms, p50',
        ours: valuesOf('ours', 0.5),
        peer: peer(0.5),
        target: { of: 'ratio', is: '<=', limit: 1.3 },
      }),
      toRow({ name, measure: 'ms, p99', ours: valuesOf('ours', 0.99), peer: peer(0.99) }),
    ];
  },
};
