/** What a person reads when the network is up. */
export interface BannerFacts {
  url: string;
  webUrl: string;
  historyUrl: string;
  gatewayUrl: string | null;
  nodes: Readonly<Record<number, string>>;
  toxiproxyUrl: string | null;
  tlsUrl: string | null;
  caFile: string | null;
  echoAddress: string | null;
  accounts: readonly { address: string; privateKey: string }[];
  dataDir: string | undefined;
}

/** Its lines work as they are printed: each is run as it stands by a test. */
export function formatBanner(network: BannerFacts): string {
  const { url, webUrl, historyUrl, gatewayUrl, nodes, toxiproxyUrl, tlsUrl, caFile, echoAddress, accounts, dataDir } =
    network;
  const gateway = (address: string) => (gatewayUrl === null ? '' : `, gatewayHost: '${address}'`);
  const served = Object.entries(nodes).map(([id, address]) => `\n  node ${id}  ${address}`);
  const listed = accounts.map(({ address, privateKey }) => `\n  ${address}  ${privateKey}`);
  const ready =
    listed.length === 0 ? '' : `\n  Accounts, known to everybody: address and private key${listed.join('')}\n`;
  const client = `Client.create(signer, { env: 'local', apiUrl: '${url}'${gateway(url)} })`;
  const settings = `XMTP_ENV=local XMTP_API_URL=${url}${gatewayUrl === null ? '' : ` XMTP_GATEWAY_HOST=${gatewayUrl}`}`;
  const secure =
    tlsUrl === null
      ? ''
      : `\n  TLS       ${tlsUrl}, trusted with SSL_CERT_FILE=${caFile} NODE_EXTRA_CA_CERTS=${caFile}`;
  const to = echoAddress === null ? '' : ' --to echo';
  const chat = `npx @xmtp-messaging/devnet chat alice${to} --url ${url}${gatewayUrl === null ? '' : ' --d14n'}`;
  return `
XMTP devnet is ready, ${dataDir === undefined ? 'in memory' : `data in ${dataDir}`}

  gRPC      ${url}
  gRPC-Web  ${webUrl}
  history   ${historyUrl}${served.join('')}${toxiproxyUrl === null ? '' : `\n  toxiproxy ${toxiproxyUrl}`}${echoAddress === null ? '' : `\n  echo      ${echoAddress}`}${secure}

  Node SDK     ${client}
  Browser SDK  Client.create(signer, { env: 'local', apiUrl: '${webUrl}'${gateway(webUrl)}, historySyncUrl: '${historyUrl}' })
  Agent SDK    new Agent({ client: await ${client} })
  Mailbox      export ${settings}
  chat         ${chat}
  curl         curl ${historyUrl}/status
${ready}
Ctrl-C ends it.`;
}
