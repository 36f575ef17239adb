import { texts } from '../texts.ts';
import { formatFull, formatTime } from './format.ts';

/** A time, short, with all of it for who points at it. */
export function Time({ at }: { at: string | null }) {
  if (at === null) return <span>{texts.never}</span>;
  return (
    <time dateTime={at} title={formatFull(at)}>
      {formatTime(at)}
    </time>
  );
}
