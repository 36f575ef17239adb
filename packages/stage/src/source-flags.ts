/** What Node needs to run this workspace's sources as they are, whoever starts it. */
export const sourceFlags = ['--conditions=@xmtp-messaging/source', '--disable-warning=ExperimentalWarning'] as const;
