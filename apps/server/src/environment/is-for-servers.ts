const ours = /^(?:XMTP_\w+|OWS_\w+|WEB3_BIO_\w+|RPC_URL\w*|ETH_RPC_URL|XID_\w+|ID_CLI_COMMAND|HOST)$/u;

/** Whether a variable is for a server and for nothing that it starts. URLs of nodes may carry keys, so they are among them. */
export function isForServers(name: string): boolean {
  return ours.test(name);
}
