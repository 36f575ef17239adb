import { Command } from 'commander';
import { createCleanups } from './create-cleanups.ts';
import { createShow, StepError } from './create-show.ts';
import { bobXid, setStage, type Stage } from './set-stage.ts';
import { playStory } from './play-story.ts';

const program = new Command('npm run demo --')
  .description('Three agents, alice, bob and mallory, each with its own server, on a local XMTP network.')
  .option('--once', 'check each step and end: exit code 0, or 1 with the failed step named')
  .option('--d14n', 'on the decentralised network: a gateway with three nodes')
  .parse();
const { once, d14n = false } = program.opts<{ once?: true; d14n?: true }>();

const started = performance.now();
const stop = new AbortController();
const interrupted = new Promise<'interrupted'>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve('interrupted'));
});
const show = createShow({ write: (text) => process.stdout.write(text), signal: stop.signal });
const cleanups = createCleanups();

const play = async (): Promise<Stage> => {
  const stage = await setStage({ show, cleanups, d14n, signal: stop.signal });
  await playStory(stage, show);
  return stage;
};

show.title('XMTP Messaging: alice, bob and mallory on a local XMTP network');
const playing = play();
try {
  const stage = await Promise.race([playing, interrupted]);
  if (stage === 'interrupted') {
    process.exitCode = 130;
  } else {
    show.title(`Everything held, in ${((performance.now() - started) / 1_000).toFixed(1)} s.`);
    if (once !== true) {
      process.stdout.write((await pageLinks(stage)) + invitation(stage));
      // A link is good for two minutes.
      process.stdin.on('data', () => void pageLinks(stage).then((links) => process.stdout.write(links)));
      await interrupted;
      process.stdin.destroy();
      process.stdout.write('\nEnding …\n');
    }
  }
} catch (error) {
  process.stdout.write(`\n${error instanceof StepError ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  stop.abort();
  // Nothing more may start while what was started is ended.
  await playing.catch(() => {});
  await cleanups.run();
}

/** A link to the page of each, good once. */
async function pageLinks({ alice, bob, mallory }: Stage): Promise<string> {
  const links = [alice, bob, mallory].map(async (agent) => {
    const { name, url } = agent;
    const { body } = await agent.request('POST', '/xmtp/page/links');
    return `  ${name.padEnd(8)} ${url}${(body as { path: string }).path}`;
  });
  return [
    'Open their pages in a browser. Each link works once, within two minutes; Enter prints new ones.',
    '',
    ...(await Promise.all(links)),
    '',
    'Mallory waits under Knocks on the page of bob: admit her, write to bob again from her page (New message, to',
    `${bobXid}), and see it arrive.`,
    '',
    '',
  ].join('\n');
}

function invitation({ alice, bob }: Stage): string {
  // A quoted here-document: whatever words are filled in, the shell runs none of them.
  const post = (url: string, body: object) =>
    `curl -X POST ${url} -H "Content-Type: application/json" --data-binary @- <<'XMTP_BODY'\n${JSON.stringify(body)}\nXMTP_BODY`;
  return [
    'Or try, from another terminal:',
    '',
    post(`${alice.url}/xmtp/send`, { to: bobXid, message: 'Hello' }),
    `curl "${bob.url}/xmtp/messages?after=0&wait=10"`,
    `curl ${alice.url}/xmtp/status`,
    `curl ${bob.url}/xmtp/dropped -H @<(echo "Authorization: Bearer $(cat ${bob.operatorTokenFile})")`,
    `curl -N ${bob.url}/xmtp/events`,
    '',
    'Ctrl-C ends the demo and removes everything it made.',
    '',
  ]
    .join('\n')
    .replaceAll('127.0.0.1', 'localhost');
}
