/** What a person reads when the network is up. */
export function formatBanner(network: {
  url: string;
  webUrl: string;
  historyUrl: string;
  dataDir: string | undefined;
}): string {
  const { url, webUrl, historyUrl, dataDir } = network;
  return `
XMTP devnet is ready, ${dataDir === undefined ? 'in memory' : `data in ${dataDir}`}

  gRPC      ${url}
  gRPC-Web  ${webUrl}
  history   ${historyUrl}

  Node SDK     Client.create(signer, { env: 'local', apiUrl: '${url}' })
  Browser SDK  Client.create(signer, { env: 'local', apiUrl: '${webUrl}', historySyncUrl: '${historyUrl}' })
  Agent SDK    Agent.create(signer, { env: 'local', apiUrl: '${url}' })
  curl         curl ${historyUrl}/status

Ctrl-C ends it.`;
}
