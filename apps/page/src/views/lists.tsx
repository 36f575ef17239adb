import { useState } from 'preact/hooks';
import { useStatus } from '../live/live-context.ts';
import { texts } from '../texts.ts';
import { Drifts } from './drifts.tsx';
import { EntryList } from './entry-list.tsx';
import { GroupEntries } from './group-entries.tsx';

const words = texts.lists;
const names = ['allowlist', 'denylist', 'grouplist'] as const;

/** Who may be heard, who never, and which groups. */
export function Lists() {
  const [list, setList] = useState<(typeof names)[number]>('allowlist');
  const status = useStatus();
  return (
    <>
      <h1>{words.title}</h1>
      <Drifts />
      <div class="tabs" role="group" aria-label={words.title}>
        {names.map((name) => (
          <button key={name} type="button" aria-pressed={name === list} onClick={() => setList(name)}>
            {words[name]} <span class="quiet">{status?.[name]?.count ?? ''}</span>
          </button>
        ))}
      </div>
      {list === 'grouplist' ? <GroupEntries /> : <EntryList key={list} list={list} />}
    </>
  );
}
