import { RequestError } from '@xmtp-messaging/client';

/** One of the agents behind a port. */
export interface TeamAgent {
  name: string;
  state: string;
  address: string | null;
  reason: { code: string; message: string; hint: string } | null;
  restarts: number;
  pending: number | null;
  dead: number | null;
  /** Whether it can be stopped and started from here. @default true */
  canStop?: boolean;
}

/** The routes of a port as a whole are no part of the client of one mailbox. @throws RequestError */
async function ask(token: string, path: string, options: RequestInit = {}): Promise<unknown> {
  const response = await fetch(path, { ...options, headers: { authorization: `Bearer ${token}` } });
  const said: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new RequestError(response, said);
  return said;
}

export async function readTeam(token: string, signal: AbortSignal): Promise<TeamAgent[]> {
  return ((await ask(token, '/agents', { signal })) as { agents: TeamAgent[] }).agents;
}

export async function setRunning(token: string, name: string, act: 'start' | 'stop'): Promise<void> {
  await ask(token, `/agents/${encodeURIComponent(name)}/${act}`, { method: 'POST' });
}
