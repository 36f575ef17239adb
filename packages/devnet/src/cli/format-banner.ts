/** What a person reads when the network is up. */
export function formatBanner(network: {
  url: string;
  webUrl: string;
  historyUrl: string;
  gatewayUrl: string | null;
  nodes: Readonly<Record<number, string>>;
  dataDir: string | undefined;
}): string {
  const { url, webUrl, historyUrl, gatewayUrl, nodes, dataDir } = network;
  const gateway = (address: string) => (gatewayUrl === null ? '' : `, gatewayHost: '${address}'`);
  const served = Object.entries(nodes).map(([id, address]) => `\n  node ${id}  ${address}`);
  return `
XMTP devnet is ready, ${dataDir === undefined ? 'in memory' : `data in ${dataDir}`}

  gRPC      ${url}
  gRPC-Web  ${webUrl}
  history   ${historyUrl}${served.join('')}

  Node SDK     Client.create(signer, { env: 'local', apiUrl: '${url}'${gateway(url)} })
  Browser SDK  Client.create(signer, { env: 'local', apiUrl: '${webUrl}'${gateway(webUrl)}, historySyncUrl: '${historyUrl}' })
  Agent SDK    Agent.create(signer, { env: 'local', apiUrl: '${url}' })
  curl         curl ${historyUrl}/status

Ctrl-C ends it.`;
}
