// Loaded into a server with `node --import`: its wall clock is off by the milliseconds in a file, read again all the time.
import { readFileSync } from 'node:fs';
import { shiftDate } from './shift-date.ts';

const file = process.env['CHAOS_CLOCK_FILE'] ?? '';
let shift = 0;
const read = () => {
  shift = Number(readFileSync(file, 'utf8'));
};
read();
setInterval(read, 50).unref();
globalThis.Date = shiftDate(Date, () => shift);
