import { useEffect, useState } from 'preact/hooks';
import { pause } from '../api/pause.ts';
import { useData } from '../api/use-data.ts';
import { readTeam, setRunning, type TeamAgent } from '../api/team.ts';
import { texts } from '../texts.ts';
import { hrefOf } from '../use-route.ts';
import { Address } from '../ui/address.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { InertText } from '../ui/inert-text.tsx';
import { useAction } from '../ui/notices.tsx';
import { Reading } from '../ui/reading.tsx';
import { StateWord } from './state-word.tsx';

const words = texts.team;
const lookEveryMs = 1500;

/** Every agent behind this port, and the way to each. */
export function Team({ token }: { token: string }) {
  const round = useRounds(lookEveryMs);
  const data = useData(async (signal) => await readTeam(token, signal), [round]);
  const [asked, setAsked] = useState<string | null>(null);
  const { busy, run } = useAction();
  const change = async (name: string, act: 'start' | 'stop') => {
    await setRunning(token, name, act);
    data.reload();
    setAsked(null);
    return act === 'stop' ? words.stopped : words.started;
  };
  return (
    <>
      <h1>{words.title}</h1>
      <section class="card" aria-label={words.title}>
        <Reading data={data}>
          {(agents) =>
            agents.length === 0 ? (
              <p class="quiet empty">{words.none}</p>
            ) : (
              <div class="table-scroll">
                <table class="team">
                  <thead>
                    <tr>
                      {(['agent', 'state', 'address', 'pending', 'dead', 'actions'] as const).map((key) => (
                        <th key={key} scope="col">
                          {words[key]}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {agents.map((agent) => (
                      <Row
                        key={agent.name}
                        agent={agent}
                        busy={busy}
                        onStop={() => setAsked(agent.name)}
                        onStart={() => void run(async () => await change(agent.name, 'start'))}
                      />
                    ))}
                  </tbody>
                </table>
              </div>
            )
          }
        </Reading>
      </section>
      {asked !== null && (
        <Dialog
          title={words.stopTitle(asked)}
          confirm={words.stop}
          danger
          busy={busy}
          onConfirm={() => void run(async () => await change(asked, 'stop'))}
          onClose={() => setAsked(null)}
        >
          <p>{words.stopAbout}</p>
        </Dialog>
      )}
    </>
  );
}

function Row({
  agent,
  busy,
  onStop,
  onStart,
}: {
  agent: TeamAgent;
  busy: boolean;
  onStop: () => void;
  onStart: () => void;
}) {
  const { name, state, address, reason, restarts, pending, dead, canStop = true } = agent;
  return (
    <tr>
      <th scope="row">
        <a href={hrefOf({ agent: name, view: 'overview' })}>
          <InertText text={name} />
        </a>
      </th>
      <td>
        <StateWord state={state} />
        {reason !== null && (
          <p class="quiet small">
            <InertText text={reason.message} />
          </p>
        )}
        {restarts > 0 && <p class="quiet small">{words.restarts(restarts)}</p>}
      </td>
      <td>{address === null ? <span class="quiet">{texts.unknown}</span> : <Address address={address} />}</td>
      <td>{pending ?? '–'}</td>
      <td>{dead ?? '–'}</td>
      <td>
        <span class="buttons">
          <a class="button" href={hrefOf({ agent: name, view: 'overview' })}>
            {words.open}
            <span class="unseen"> {name}</span>
          </a>
          {canStop &&
            (state === 'stopped' ? (
              <button type="button" disabled={busy} onClick={onStart}>
                {words.start}
                <span class="unseen"> {name}</span>
              </button>
            ) : (
              <button type="button" class="plain danger-text" disabled={busy} onClick={onStop}>
                {words.stop}
                <span class="unseen"> {name}</span>
              </button>
            ))}
        </span>
      </td>
    </tr>
  );
}

/** Counts up while somebody looks. */
function useRounds(everyMs: number): number {
  const [round, setRound] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    const go = async () => {
      while (!stop.signal.aborted) {
        await pause(everyMs, stop.signal);
        if (!document.hidden && !stop.signal.aborted) setRound((before) => before + 1);
      }
    };
    void go();
    return () => stop.abort();
  }, []);
  return round;
}
