// The entry that OpenClaw loads, as package.json says.
import { createChannel } from './create-channel.ts';
import { channelId } from './read-account.ts';

const channelPlugin = createChannel();

/** What OpenClaw's `defineChannelPluginEntry` makes, without its 95 MB. */
const entry = {
  id: channelId,
  name: 'XMTP',
  description: 'An encrypted mailbox as a channel: ENS names, MLS, closed by default.',
  channelPlugin,
  register: (api: {
    registrationMode?: string;
    registerChannel(channel: { plugin: typeof channelPlugin }): void;
  }): void => {
    if (api.registrationMode !== 'cli-metadata' && api.registrationMode !== 'tool-discovery')
      api.registerChannel({ plugin: channelPlugin });
  },
};
// oxlint-disable-next-line import/no-default-export -- where the host looks for it
export default entry;
