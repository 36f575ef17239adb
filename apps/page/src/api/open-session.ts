import { createClient, unwrap } from '@xmtp-messaging/client';
import type { Session } from './session.ts';

/** Takes the one-time code out of the address bar and its history. */
export function takeLink(): string | null {
  const code = /^#link=([\w-]{1,200})$/u.exec(location.hash)?.[1] ?? null;
  if (location.hash.startsWith('#link=')) history.replaceState(null, '', '/');
  return code;
}

/** Exchanges a code for a session. @throws RequestError */
export async function openSession(code: string): Promise<Session> {
  const client = createClient({ baseUrl: '' });
  const { token, view } = await unwrap(client.POST('/xmtp/page/sessions', { body: { code } }));
  return { token, view };
}

/** Exchanges the operator's token for a session; it is not kept. @throws RequestError */
export async function signIn(token: string): Promise<Session> {
  const client = createClient({ baseUrl: '', token });
  const { code } = await unwrap(client.POST('/xmtp/page/links'));
  return await openSession(code);
}
