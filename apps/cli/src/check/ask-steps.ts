import { askNetworkFacts } from '@xmtp-messaging/xmtp-core';
import { checkNetwork } from '../doctor/check-network.ts';
import type { Subject } from '../doctor/types.ts';
import type { CheckPlace, CheckStep } from './types.ts';

/** What can be asked without a wallet: whether the network is there, what it says of itself, and who a name is. */
export function askSteps(place: CheckPlace, env: Subject['env'], name: string): CheckStep[] {
  const { network, url } = place;
  const subject = {
    name: 'check',
    fix: false,
    env: { XMTP_ENV: network.env, XMTP_API_URL: network.apiUrl, XMTP_GATEWAY_HOST: network.gatewayHost },
  };
  const retirement: CheckStep = {
    name: 'retirement',
    run: async () => {
      const { cutoverAt, headers } = await askNetworkFacts({ url });
      const date = cutoverAt === null ? 'sets no date to retire' : `retires on ${new Date(cutoverAt).toISOString()}`;
      const told = Object.entries(headers).map(([header, value]) => `${header}: ${value}`);
      const limits = told.length === 0 ? 'It names no limits.' : `It names ${told.join(', ')}.`;
      return { level: cutoverAt === null ? 'ok' : 'warn', message: `The V3 network ${date}. ${limits}`, next: null };
    },
  };
  return [
    { name: 'network', run: async () => worst(await checkNetwork(subject)) },
    ...(network.gatewayHost === undefined ? [retirement] : []),
    {
      name: 'names',
      run: async (signal) => {
        const { createEnsResolver, readEnvironment } = await import('@xmtp-messaging/ens-resolver');
        const resolver = createEnsResolver(readEnvironment({ ...env }, { verify: Boolean(env['ETH_RPC_URL']) }));
        const { address, source } = await resolver.resolve(name, { signal });
        return { level: 'ok', message: `${name} is ${address}, by ${source}.`, next: null };
      },
    },
  ];
}

type Findings = Awaited<ReturnType<typeof checkNetwork>>;

/** The first that failed, or else warns, or else all in one line. */
function worst(findings: Findings): Findings[number] {
  const bad = findings.find(({ level }) => level === 'fail') ?? findings.find(({ level }) => level === 'warn');
  return bad ?? { ...findings[0]!, message: findings.map(({ message }) => message).join(' ') };
}
