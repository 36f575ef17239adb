const secretsFolder = '/run/secrets';

/** How a workload stands in its container, and what else every target takes for granted. */
export const container = {
  /** What the image of this project is called where it is published. */
  image: 'ghcr.io/xmtp-messaging/xmtp-messaging',
  /** Of the user `node` of the image. */
  userId: 1000,
  /** The volume, which is HOME: `~/.xmtp` lies in it, and `~/.ows` over it. */
  dataFolder: '/data',
  /** Where files with secrets are. */
  secretsFolder,
  /** Path of one of them. */
  secretPath: (key: string): string => `${secretsFolder}/${key}`,
  /** What says which agents are behind a port. */
  agentsFile: '/etc/xmtp-messaging/agents.json',
  /** How long a server may take to stop in good order, seconds. */
  drainSeconds: 20,
  /** How long whoever stops it waits, seconds. */
  graceSeconds: 45,
} as const;
