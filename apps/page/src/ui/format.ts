import { texts } from '../texts.ts';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const dayMs = 86_400_000;

/** Milliseconds since the epoch, by the clock of this browser. */
export const browserTime = (): number => performance.timeOrigin + performance.now();

/** A time for a narrow place: the hour of today, else the day. */
export function formatTime(iso: string | null): string {
  if (iso === null) return texts.never;
  const time = new Date(iso);
  const isRecent = Math.abs(browserTime() - time.getTime()) < dayMs / 2;
  return (isRecent ? clock : day).format(time);
}

export const formatFull = (iso: string): string => full.format(new Date(iso));

export const formatHour = (iso: string): string => clock.format(new Date(iso));

export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)));
  const value = bytes / 1024 ** step;
  return `${value >= 100 || step === 0 ? Math.round(value) : value.toFixed(1)} ${units[step]!}`;
}

export const shorten = (id: string): string => (id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-6)}` : id);
