import { contentTypeIds, type ContentTypeName, contentTypeNameOf } from '@xmtp-messaging/xmtp-core/content';

/** A content type by its short name, or `custom` for all that have none. */
export type MessageKind = ContentTypeName | 'custom';

/** All there are. */
export const messageKinds: readonly MessageKind[] = [...(Object.keys(contentTypeIds) as ContentTypeName[]), 'custom'];

/** Recorded and listed, and no reason to wake the agent, unless it is told otherwise. */
export const quietKinds: readonly MessageKind[] = [
  'reaction',
  'readReceipt',
  'groupUpdated',
  'leaveRequest',
  'deleteMessage',
];

/** Which messages of heard senders are heard. */
export interface MessageKinds {
  /** Others are dropped as `content-type`. @default all */
  hears?: readonly MessageKind[] | undefined;
  /** Others are recorded and listed, and start no delivery. @default all but `quietKinds` */
  wakes?: readonly MessageKind[] | undefined;
}

/** The same for content types by their full id. */
export function chooseKinds({ hears = messageKinds, wakes }: MessageKinds = {}): {
  isHeard: (contentType: string) => boolean;
  wakes: (contentType: string) => boolean;
} {
  const waking = wakes ?? messageKinds.filter((kind) => !quietKinds.includes(kind));
  const kindOf = (contentType: string) => contentTypeNameOf(contentType) ?? 'custom';
  return {
    isHeard: (contentType) => hears.includes(kindOf(contentType)),
    wakes: (contentType) => waking.includes(kindOf(contentType)),
  };
}
