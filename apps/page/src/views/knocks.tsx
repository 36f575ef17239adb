import { unwrap } from '@xmtp-messaging/client';
import { useState } from 'preact/hooks';
import type { Knock } from '../api/types.ts';
import { useApi } from '../api/use-api.ts';
import { useData } from '../api/use-data.ts';
import { useMark } from '../live/live-context.ts';
import { texts } from '../texts.ts';
import { Reading } from '../ui/reading.tsx';
import { KnockItem } from './knock-item.tsx';
import { type KnockAct, KnockDialog } from './knock-dialog.tsx';
import { knockId, useIgnored } from './use-ignored.ts';

const words = texts.knocks;
const pageSize = 50;

/** Who wrote and was not heard, and what becomes of them. */
export function Knocks() {
  const { client } = useApi();
  const [count, setCount] = useState(pageSize);
  const [showsIgnored, setShowsIgnored] = useState(false);
  const [asked, setAsked] = useState<{ knock: Knock; act: KnockAct; name: string | null } | null>(null);
  const { isIgnored, ignore } = useIgnored();
  const mark = useMark(({ status }) => [
    status.inbox?.dropped,
    status.allowlist,
    status.denylist,
    status.grouplist,
    status.conversations,
    status.state,
  ]);
  const data = useData(
    async (signal) =>
      (await unwrap(client.GET('/xmtp/knocks', { params: { query: { limit: 1000 } }, signal }))).knocks.filter(
        ({ decided }) => decided === null,
      ),
    [mark, client],
  );
  return (
    <>
      <h1>{words.title}</h1>
      <p class="quiet lead">{words.about}</p>
      <Reading data={data}>
        {(knocks) => {
          const ignored = knocks.filter(isIgnored).length;
          const shown = showsIgnored ? knocks : knocks.filter((knock) => !isIgnored(knock));
          return (
            <>
              {shown.length === 0 && <p class="card quiet empty">{ignored === 0 ? words.none : words.ignoredOnly}</p>}
              <ul class="knocks">
                {shown.slice(0, count).map((knock) => (
                  <KnockItem
                    key={knockId(knock)}
                    knock={knock}
                    isIgnored={isIgnored(knock)}
                    onAct={(act, name) => setAsked({ knock, act, name })}
                    onIgnore={() => ignore(knock)}
                  />
                ))}
              </ul>
              <div class="buttons">
                {shown.length > count && (
                  <button type="button" onClick={() => setCount((before) => before + pageSize)}>
                    {texts.more}
                  </button>
                )}
                {ignored > 0 && (
                  <button type="button" class="plain" onClick={() => setShowsIgnored(!showsIgnored)}>
                    {showsIgnored ? words.hideIgnored : words.showIgnored(ignored)}
                  </button>
                )}
              </div>
            </>
          );
        }}
      </Reading>
      {asked !== null && <KnockDialog {...asked} onDone={data.reload} onClose={() => setAsked(null)} />}
    </>
  );
}
