import { prettyFactory } from 'pino-pretty';

/** A log line as people read it: the time, the level, the event, and the rest in one line. What is no JSON stays as it is. */
export function createLogFormatter({ colour }: { colour: boolean }): (line: string) => string {
  const format = prettyFactory({
    colorize: colour,
    messageKey: 'event',
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss',
    ignore: 'hostname',
  });
  return (line) => (line.startsWith('{') ? format(line).trimEnd() : line);
}
