/** What a person reads when the network is up. */
export function formatBanner(network: {
  url: string;
  webUrl: string;
  historyUrl: string;
  gatewayUrl: string | null;
  nodes: Readonly<Record<number, string>>;
  toxiproxyUrl: string | null;
  accounts: readonly { address: string; privateKey: string }[];
  dataDir: string | undefined;
}): string {
  const { url, webUrl, historyUrl, gatewayUrl, nodes, toxiproxyUrl, accounts, dataDir } = network;
  const gateway = (address: string) => (gatewayUrl === null ? '' : `, gatewayHost: '${address}'`);
  const served = Object.entries(nodes).map(([id, address]) => `\n  node ${id}  ${address}`);
  const listed = accounts.map(({ address, privateKey }) => `\n  ${address}  ${privateKey}`);
  const ready =
    listed.length === 0 ? '' : `\n  Accounts, known to everybody: address and private key${listed.join('')}\n`;
  const client = `Client.create(signer, { env: 'local', apiUrl: '${url}'${gateway(url)} })`;
  return `
XMTP devnet is ready, ${dataDir === undefined ? 'in memory' : `data in ${dataDir}`}

  gRPC      ${url}
  gRPC-Web  ${webUrl}
  history   ${historyUrl}${served.join('')}${toxiproxyUrl === null ? '' : `\n  toxiproxy ${toxiproxyUrl}`}

  Node SDK     ${client}
  Browser SDK  Client.create(signer, { env: 'local', apiUrl: '${webUrl}'${gateway(webUrl)}, historySyncUrl: '${historyUrl}' })
  Agent SDK    new Agent({ client: await ${client} })
  curl         curl ${historyUrl}/status
${ready}
Ctrl-C ends it.`;
}
