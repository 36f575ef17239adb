import { mountSmallDisk } from '@xmtp-messaging/testing/small-disk';
import { onTestFinished } from 'vitest';

/** A small disk until the test ends. */
export function smallDisk() {
  const disk = mountSmallDisk();
  onTestFinished(() => disk.unmount());
  return disk;
}
