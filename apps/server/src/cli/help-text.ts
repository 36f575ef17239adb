import { variableFacts } from '../config/variable-facts.ts';
import { variableNames } from '../config/variables.ts';

/** The text of `--help`. */
export function helpText(version: string): string {
  const width = Math.max(...variableNames.map((name) => name.length)) + 2;
  const variables = variableNames.map((name) => {
    const { help, expected, default: fallback } = variableFacts[name];
    const by = fallback === undefined ? '' : ` Default: ${fallback}.`;
    return `  ${name.padEnd(width)}${help}${by}\n  ${''.padEnd(width)}(${expected})`;
  });
  return [
    `xmtp-messaging-server ${version}: one agent's encrypted mailbox over HTTP, or those of several.`,
    '',
    'Usage: OWS_WALLET=my-agent-wallet xmtp-messaging-server [move-to-gateway | --help | --version]',
    '       XMTP_AGENTS_FILE=/path/agents.json xmtp-messaging-server',
    '',
    'move-to-gateway moves the home from V3 to the gateway of XMTP_GATEWAY_HOST, once, while no server runs on it.',
    '',
    'All settings are environment variables:',
    ...variables,
    '',
    'Exit codes: 0 stopped, 1 failed, 2 bad settings, 3 OWS_WALLET not set, 4 port taken, 5 mailbox open elsewhere;',
    '129, 130 and 143 after a second SIGHUP, SIGINT or SIGTERM.',
    '',
  ].join('\n');
}
