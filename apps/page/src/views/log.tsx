import { unwrap } from '@xmtp-messaging/client';
import { useApi } from '../api/use-api.ts';
import { useData } from '../api/use-data.ts';
import { useMark } from '../live/live-context.ts';
import { texts } from '../texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Card } from '../ui/card.tsx';
import { shorten } from '../ui/format.ts';
import { InertText } from '../ui/inert-text.tsx';
import { Reading } from '../ui/reading.tsx';
import { Time } from '../ui/time.tsx';

const words = texts.log;

/** What went wrong, and who changed trust. */
export function Log() {
  return (
    <>
      <h1>{words.title}</h1>
      <Problems />
      <Audit />
    </>
  );
}

function Problems() {
  const { client } = useApi();
  const mark = useMark(({ marks }) => marks.problems);
  const data = useData(
    async (signal) => (await unwrap(client.GET('/xmtp/problems', { signal }))).problems,
    [mark, client],
  );
  return (
    <Card title={words.errors}>
      <Reading data={data}>
        {(problems) =>
          problems.length === 0 ? (
            <p class="quiet empty">{words.errorsNone}</p>
          ) : (
            <ul class="log-lines">
              {problems.map(({ seq, at, level, event, code, detail }) => (
                <li key={seq}>
                  <Time at={at} />
                  <Badge kind={level === 'error' ? 'bad' : 'warn'}>{event}</Badge>
                  <span>
                    {code !== null && <code>{code}</code>} {detail !== null && <InertText text={detail} />}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Reading>
    </Card>
  );
}

/** What else a line of the audit log may say, in this order. */
const told = ['list', 'name', 'address', 'conversationId', 'id', 'caller', 'mode', 'count'];

function Audit() {
  const { client } = useApi();
  const mark = useMark(({ marks }) => marks.audit);
  const data = useData(
    async (signal) => await unwrap(client.GET('/xmtp/audit', { params: { query: { limit: 200 } }, signal })),
    [mark, client],
  );
  return (
    <Card title={words.audit} about={words.auditAbout}>
      <Reading data={data}>
        {({ lines, brokenAt }) => (
          <>
            {brokenAt !== null && (
              <p class="problem" role="alert">
                {words.broken(brokenAt)}
              </p>
            )}
            {lines.length === 0 ? (
              <p class="quiet empty">{words.auditNone}</p>
            ) : (
              <ul class="log-lines">
                {lines.map((line) => (
                  <li key={line.seq}>
                    <Time at={line.at} />
                    <Badge kind={line.by === 'file' ? 'warn' : 'plain'}>{words.by[line.by] ?? line.by}</Badge>
                    <span>
                      <strong>{line.action}</strong>{' '}
                      {told.flatMap((key) => {
                        const value = (line as Record<string, unknown>)[key];
                        if (typeof value !== 'string' && typeof value !== 'number') return [];
                        return [
                          <span key={key} class="told">
                            {key === 'count' || key === 'mode' ? `${key}: ` : ''}
                            <InertText
                              text={
                                /^(?:0x)?[0-9a-f]{32,}$/iu.test(String(value)) ? shorten(String(value)) : String(value)
                              }
                            />
                          </span>,
                        ];
                      })}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </Reading>
    </Card>
  );
}
