import { createHash } from 'node:crypto';

/** A reply and what it answered. */
export interface Turn {
  /** Elapsed milliseconds. */
  at: number;
  /** From the reply before to the arrival of what this one answers, milliseconds; `null` when it came earlier, or for a caller's reply. */
  gapMs: number | null;
  /** Digests; `null` for a caller's reply. */
  heard: string | null;
  said: string | null;
}

/** Nobody reads an answer and types the next question in less, twenty times in a row. */
const machineGapMs = 2000;

/** Stands for a text, so that none is kept: the same words in other case and spacing are the same. */
export function digestOf(text: string | null): string {
  const plain = (text ?? '').toLowerCase().replaceAll(/\s+/gu, ' ').trim();
  return createHash('sha256').update(plain).digest('base64').slice(0, 22);
}

/** Whether a conversation goes round in circles: what came is an echo, and so was at least half of what came before. */
export function isLooping(turns: readonly Turn[], heard: string): boolean {
  const said = new Set(turns.flatMap((turn) => turn.said ?? []));
  const counts = new Map<string, number>();
  for (const turn of turns) if (turn.heard !== null) counts.set(turn.heard, (counts.get(turn.heard) ?? 0) + 1);
  if (!said.has(heard) && !counts.has(heard)) return false;
  const echoes = turns.filter((turn) => turn.heard !== null && (said.has(turn.heard) || counts.get(turn.heard)! > 1));
  return echoes.length * 2 >= turns.length;
}

/** Whether everything came in answer to the reply before it, faster than people write. */
export function isMachineSpeed(turns: readonly Turn[]): boolean {
  const later = turns.slice(1);
  return later.length > 0 && later.every(({ gapMs }) => gapMs !== null && gapMs <= machineGapMs);
}
