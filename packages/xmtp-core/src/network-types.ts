/** Which network the mailbox lives on. One home belongs to one network. */
export interface MailboxNetwork {
  /** `dev` and `production` are those of XMTP; `local` is a node of your own, on this machine unless `apiUrl` says otherwise. */
  env: 'local' | 'dev' | 'production';
  /** Overrides the address of the node that `env` implies. */
  apiUrl?: string | undefined;
  /** Gateway of the decentralised network; reads and writes then go through it. */
  gatewayHost?: string | undefined;
  /** Told to the network, as `name/version`. */
  appVersion?: string | undefined;
}
