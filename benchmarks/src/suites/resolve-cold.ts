import { createEnsResolver } from '@xmtp-messaging/ens-resolver';
import { startWeb3Bio } from '@xmtp-messaging/stage';
import { toRow } from '../harness/to-row.ts';
import type { Suite } from '../harness/suite.ts';

const name = 'resolve.cold';
const address = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';

export const resolveCold: Suite = {
  name,
  what: 'how often the service is asked when 1,000 callers want a name at once that nobody has asked for',
  target: '1 upstream call',
  async run(context) {
    const callers = 1_000;
    const rounds = context.pick(10, 2);
    const names = Array.from({ length: rounds }, (_, round) => `cold-${round}.eth`);
    const web3Bio = await startWeb3Bio(new Map(names.map((one) => [one, address])));
    context.defer(() => web3Bio.close());
    let asked = 0;
    const countingFetch: typeof fetch = (...request) => {
      asked += 1;
      return fetch(...request);
    };
    const resolver = createEnsResolver({
      idCli: false,
      web3bio: { baseUrl: web3Bio.url, budget: null, fetch: countingFetch },
    });

    const calls: number[] = [];
    const milliseconds: number[] = [];
    for (const one of names) {
      asked = 0;
      const start = performance.now();
      await Promise.all(Array.from({ length: callers }, () => resolver.resolve(one)));
      milliseconds.push(performance.now() - start);
      calls.push(asked);
    }
    return [
      toRow({ name, measure: `calls for ${callers} callers`, ours: calls, target: { of: 'value', is: '=', limit: 1 } }),
      toRow({ name, measure: `ms until all ${callers} have it`, ours: milliseconds }),
    ];
  },
};
