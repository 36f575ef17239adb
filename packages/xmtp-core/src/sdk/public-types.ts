// What of the SDK is part of this package's own surface.
export type { ContentCodec } from '@xmtp/content-type-primitives';
export type { Client } from '@xmtp/node-sdk';
