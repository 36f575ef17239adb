import type { DatabaseSync } from 'node:sqlite';

/** What the network remembers about itself. */
export function createSettings(database: DatabaseSync) {
  const put = database.prepare('insert or replace into setting (name, value) values (?, ?)');
  const get = database.prepare('select value from setting where name = ?');
  const advanced = 'advanced_ms';
  return {
    /** How far its clock was moved, in milliseconds. */
    advancedMs: (): number => Number((get.get(advanced) as { value: string } | undefined)?.value ?? 0),
    setAdvancedMs: (ms: number): void => void put.run(advanced, String(ms)),
  };
}
