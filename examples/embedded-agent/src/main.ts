// An agent in one file: `OWS_WALLET=my-agent node src/main.ts alice.eth` hears Alice, and answers her.
import '@xmtp-messaging/glibc-compat/register'; // Not needed where glibc is 2.38 or later.
import process from 'node:process';

const { openAgent } = await import('@xmtp-messaging/agent');
const { OWS_WALLET = 'my-agent', OWS_HOME, XMTP_HOME, XMTP_API_URL, XMTP_GATEWAY_HOST, XMTP_HOSTS_FILE } = process.env;

const agent = await openAgent({
  wallet: { name: OWS_WALLET, home: OWS_HOME },
  homeRoot: XMTP_HOME,
  network: {
    env: XMTP_API_URL === undefined ? 'production' : 'local',
    apiUrl: XMTP_API_URL,
    gatewayHost: XMTP_GATEWAY_HOST,
  },
  names: { hostsFile: XMTP_HOSTS_FILE },
});
for (const friend of process.argv.slice(2)) await agent.allow(friend);

agent.onMessage(async (message, { reply }) => {
  // Here a model would read agent.prompt() and message.text, which stays inside its boundary.
  await reply(`Thank you, ${message.from.name ?? 'friend'}. I read ${message.text?.length ?? 0} characters.`);
});
process.stdout.write(`${agent.address} listens for ${agent.status().allowlist.count} friends\n`);

process.once('SIGTERM', () => void agent.close());
process.once('SIGINT', () => void agent.close());
