import { unwrap } from '@xmtp-messaging/client';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Message } from '../api/types.ts';
import { useApi } from '../api/use-api.ts';
import { useData } from '../api/use-data.ts';

const pageSize = 50;

interface Page {
  messages: Message[];
  oldest: string | null;
  more: boolean;
}

/** The messages of a conversation, oldest first: the newest as they come, older ones when they are asked for. */
export function useThread(id: string, mark: string) {
  const { client } = useApi();
  const read = async (before: string | null, signal?: AbortSignal): Promise<Page> => {
    const query = { limit: pageSize, order: 'desc' as const, ...(before === null ? {} : { before }) };
    const options = { params: { path: { id }, query }, ...(signal === undefined ? {} : { signal }) };
    return await unwrap(client.GET('/xmtp/conversations/{id}/messages', options));
  };
  const head = useData(async (signal) => await read(null, signal), [id, mark]);
  const [known, setKnown] = useState<ReadonlyMap<string, Message>>(new Map());
  const [end, setEnd] = useState<{ oldest: string | null; more: boolean } | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const take = useCallback(({ messages, oldest, more }: Page, isOlder: boolean) => {
    setKnown((before) => new Map([...before, ...messages.map((message) => [message.id, message] as const)]));
    setEnd((before) => (before === null || isOlder ? { oldest, more } : before));
  }, []);
  useEffect(() => {
    if (head.value !== null) take(head.value, false);
  }, [head.value]);
  const older = () => {
    const oldest = end?.oldest ?? null;
    if (oldest !== null) read(oldest).then((page) => take(page, true), setFailed);
  };
  const messages =
    end === null
      ? null
      : [...known.values()].toSorted((a, b) => (a.sentAt < b.sentAt ? -1 : a.sentAt > b.sentAt ? 1 : 0));
  return { messages, older, hasOlder: end?.more === true, error: head.error ?? failed };
}
