// `npm run shown`: runs what the documents show, over a local network, and compares what it prints. Takes some minutes.
import { parseArgs } from 'node:util';
import { nameAccount, echoName } from '../../packages/devnet/src/accounts/name-account.ts';
import { startEcho } from '../../packages/devnet/src/echo/start-echo.ts';
import { createDevnet } from '../../packages/devnet/src/index.ts';
import { isRunnable } from './read-blocks.mjs';
import { runDocument } from './run-document.mjs';
import { shownIn } from './shown-in.mjs';

const help = `Usage: npm run shown -- [options] [documents]

Runs each shell and ts block of a README or page that is marked run, as a reader would, and compares what it prints with what is shown.

  --list    the blocks, and why some are not run
  --help`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'boolean' }, help: { type: 'boolean' } },
});
const say = (text) => process.stdout.write(`${text}\n`);

if (values.help) say(help);
else {
  const documents = await shownIn(positionals);
  const blocks = documents.flatMap(({ path, blocks: all }) =>
    all.filter(isRunnable).map((block) => ({ path, ...block })),
  );
  if (values.list)
    for (const { path, line, run, reason } of blocks)
      say(run ? `run      ${path}:${line}` : `not run  ${path}:${line}  ${reason}`);
  else process.exitCode = (await runAll(documents)) ? 0 : 1;
  const count = blocks.filter(({ run }) => run).length;
  say(`${blocks.length} blocks: ${count} run, ${blocks.length - count} not, for the reason that stands beside each.`);
}

async function runAll(documents) {
  const devnet = await createDevnet();
  const place = { url: devnet.url, gatewayUrl: null };
  const echo = await startEcho({ place, outlived: false, onError: (error) => say(`  the bot: ${error.message}`) });
  const network = { url: devnet.url, historyUrl: devnet.historyUrl, answering: nameAccount(echoName).address };
  let ok = true;
  try {
    for (const document of documents.filter(({ blocks: all }) => all.some((block) => isRunnable(block) && block.run))) {
      say(document.path);
      const faults = await runDocument(document, { network, say });
      for (const fault of faults) say(`  ✗ ${fault}`);
      if (faults.length === 0) say('  ✓');
      ok &&= faults.length === 0;
    }
  } finally {
    await echo.close();
    await devnet.close();
  }
  return ok;
}
