import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { text as readText } from 'node:stream/consumers';
import { checkGatewayUrl, guardedLookup } from './gateway-guard.ts';
import type { ExchangeWithGateway } from './create-request-gateway.ts';

/** A gateway request from Node: to the addresses that were checked, by the socket that connects. */
export const exchangeByNode: ExchangeWithGateway = async (text, body, options) => {
  const { gateways, timeoutMs, maxBytes } = options;
  const url = gateways === 'public' ? checkGatewayUrl(text) : new URL(text);
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(timeoutMs)]);
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'http:' ? requestHttp : requestHttps)(
      url,
      {
        method: body === null ? 'GET' : 'POST',
        headers: body === null ? {} : { 'content-type': 'application/json' },
        signal,
        // A pooled connection could have been opened without the guard.
        agent: false,
        ...(gateways === 'public' ? { lookup: guardedLookup() } : {}),
      },
      (response) => {
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > maxBytes) response.destroy(new Error('gateway answer is too large'));
        });
        const { statusCode = 0 } = response;
        if (statusCode < 200 || statusCode > 299) response.destroy(new Error(`gateway answered ${statusCode}`));
        readText(response).then(resolve, reject);
      },
    );
    request.on('error', reject);
    request.end(body ?? undefined);
  });
};
