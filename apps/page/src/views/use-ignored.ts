import { useEffect, useState } from 'preact/hooks';
import type { Knock } from '../api/types.ts';
import { useStatus } from '../live/live-context.ts';

const changed = 'xmtp-messaging.ignored';
const maxKept = 2000;

/** A line of the list: a group, or a sender. */
export const knockId = ({ inboxId, conversationId }: Knock): string => conversationId ?? inboxId ?? '';

/** Knocks that the operator wants to see no more, until they knock again. This browser keeps them: nothing about trust is decided. */
export function useIgnored(): { isIgnored: (knock: Knock) => boolean; ignore: (knock: Knock) => void } {
  const address = useStatus()?.address ?? '';
  const key = `${changed}.${address}`;
  const [known, setKnown] = useState(() => read(key));
  useEffect(() => {
    const follow = () => setKnown(read(key));
    follow();
    addEventListener('storage', follow);
    addEventListener(changed, follow);
    return () => {
      removeEventListener('storage', follow);
      removeEventListener(changed, follow);
    };
  }, [key]);
  return {
    isIgnored: (knock) => known[knockId(knock)] === (knock.lastAt ?? ''),
    ignore: (knock) => {
      const entries = Object.entries({ ...read(key), [knockId(knock)]: knock.lastAt ?? '' }).slice(-maxKept);
      localStorage.setItem(key, JSON.stringify(Object.fromEntries(entries)));
      dispatchEvent(new Event(changed));
    },
  };
}

function read(key: string): Readonly<Record<string, unknown>> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof kept === 'object' && kept !== null ? { ...kept } : {};
  } catch {
    return {};
  }
}
