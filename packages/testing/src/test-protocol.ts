/**
 * The network that end-to-end tests run on. They are written against V3; `npm run test:d14n` runs the same ones on the
 * decentralised network, but for those of what V3 alone has, or of calls that V3 alone tells apart by their methods.
 */
// oxlint-disable-next-line node/no-process-env -- which network is the choice of who runs the tests
export const testProtocol: 'v3' | 'd14n' = process.env['XMTP_TEST_PROTOCOL'] === 'd14n' ? 'd14n' : 'v3';

/** What reaches the network of a test at this address, which on the decentralised network is its gateway's. */
export function networkAt(url: string): { env: 'local'; apiUrl: string; gatewayHost?: string } {
  return { env: 'local', apiUrl: url, ...(testProtocol === 'd14n' ? { gatewayHost: url } : {}) };
}

/** The same as environment of a server. */
export function networkVariables(url: string): Record<string, string> {
  return { XMTP_ENV: 'local', XMTP_API_URL: url, ...(testProtocol === 'd14n' ? { XMTP_GATEWAY_HOST: url } : {}) };
}
