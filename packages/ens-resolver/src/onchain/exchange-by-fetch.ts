import { fetchCapped } from '../web3bio/fetch-capped.ts';
import { GatewayRefusedError } from './gateway-refused-error.ts';
import type { ExchangeWithGateway } from './create-request-gateway.ts';

/** A name, not an address: its last label begins with a letter. */
const hostName = /\.[a-z][a-z0-9-]*\.?$/;
const localName = /(?:^|\.)(?:localhost|local|internal)\.?$/;

/**
 * A gateway request where only `fetch` is there. It cannot see to which address a host leads: `public` means https to
 * a host with a name of the public DNS.
 */
export const exchangeByFetch: ExchangeWithGateway = async (text, body, options) => {
  const { gateways, timeoutMs, maxBytes } = options;
  const url = URL.parse(text);
  const isPublic = url?.protocol === 'https:' && hostName.test(url.hostname) && !localName.test(url.hostname);
  if (url === null || (gateways === 'public' && !isPublic))
    throw new GatewayRefusedError('gateway is not a public https server');
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(timeoutMs)]);
  const answer = await fetchCapped({ url, body, maxBytes, signal, fetch: globalThis.fetch });
  if (answer.body === null) throw new Error(`gateway answered ${answer.status}, or too much`);
  return answer.body;
};
