/** What the image of this project is called where it is published. */
export const imageName = 'ghcr.io/xmtp-messaging/xmtp-messaging';

/** Of the user `node` of the image. */
export const userId = 1000;

/** The volume, which is HOME: `~/.xmtp` lies in it, and `~/.ows` over it. */
export const dataFolder = '/data';

/** Where files with secrets are. */
export const secretsFolder = '/run/secrets';

/** What says which agents are behind a port. */
export const agentsFile = '/etc/xmtp-messaging/agents.json';

/** How long a server may take to stop in good order, seconds; what runs it waits for longer. */
export const drainSeconds = 20;
export const graceSeconds = 45;

/** Path of a secret in a container. */
export const secretPath = (key: string): string => `${secretsFolder}/${key}`;
