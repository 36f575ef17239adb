/** What the tab keeps: never the operator's token, but what it was exchanged for. */
export interface Session {
  token: string;
  view: 'agent' | 'team';
}

const key = 'xmtp-messaging.session';

/** The session of this tab, which a reload leaves and closing it ends; `null` for none. */
export function readSession(): Session | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    if (typeof kept !== 'object' || kept === null || !('token' in kept) || typeof kept.token !== 'string') return null;
    return { token: kept.token, view: 'view' in kept && kept.view === 'team' ? 'team' : 'agent' };
  } catch {
    return null;
  }
}

/** @param session `null` ends it */
export function keepSession(session: Session | null): void {
  try {
    if (session === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(session));
  } catch {
    // A browser that keeps nothing asks again after a reload.
  }
}
