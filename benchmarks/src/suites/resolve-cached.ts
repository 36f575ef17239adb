import { createEnsResolver } from '@xmtp-messaging/ens-resolver';
import { startWeb3Bio } from '@xmtp-messaging/stage';
import { toRow } from '../harness/to-row.ts';
import type { Suite } from '../harness/suite.ts';

const name = 'resolve.cached';
const someNames = Array.from({ length: 100 }, (_, index) => `agent-${index}.eth`);
const address = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';

export const resolveCached: Suite = {
  name,
  what: 'looking up 100 names that are in the cache, one after the other',
  target: '>= 1e6 lookups/s',
  async run(context) {
    const web3Bio = await startWeb3Bio(new Map(someNames.map((one) => [one, address])));
    context.defer(() => web3Bio.close());
    const resolver = createEnsResolver({ idCli: false, web3bio: { baseUrl: web3Bio.url, budget: null } });
    await Promise.all(someNames.map((one) => resolver.resolve(one)));

    const count = context.pick(1_000_000, 1_000);
    const rounds = context.pick(7, 1);
    const rates: number[] = [];
    for (let round = -1; round < rounds; round += 1) {
      context.progress(round < 0 ? 'warming up' : `round ${round + 1} of ${rounds}`);
      const start = performance.now();
      for (let index = 0; index < count; index += 1) await resolver.resolve(someNames[index % someNames.length]!);
      if (round >= 0) rates.push((count / (performance.now() - start)) * 1_000);
    }
    return [toRow({ name, measure: 'lookups/s', ours: rates, target: { of: 'value', is: '>=', limit: 1e6 } })];
  },
};
