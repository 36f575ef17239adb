import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fc, test } from '@fast-check/vitest';
import { createManualClock, temporaryDirectory } from '@xmtp-messaging/testing';
import { expect } from 'vitest';
import { silent } from '../silent.ts';
import { openAuditLog } from './open-audit-log.ts';
import { verifyAuditLog } from './verify-audit-log.ts';

const clock = createManualClock();
const now = () => clock.now();

test.prop([fc.array(fc.constantFrom('added', 'removed', 'mode'), { minLength: 1, maxLength: 6 }), fc.nat(), fc.nat()], {
  numRuns: 60,
})('one character changed, or one line taken out, is found', async (actions, at, swap) => {
  const home = await temporaryDirectory();
  const audit = openAuditLog({ home, logger: silent, now });
  for (const action of actions) audit.record({ by: 'operator', action });
  const path = join(home, 'audit.log');
  const whole = await readFile(path, 'utf8');
  expect(verifyAuditLog(path)).toMatchObject({ ok: true, brokenAt: null });
  const index = at % (whole.length - 1);
  const letter = String.fromCharCode(97 + (swap % 26));
  const altered = whole.slice(0, index) + (whole[index] === letter ? '0' : letter) + whole.slice(index + 1);
  await writeFile(path, altered);
  expect(verifyAuditLog(path).ok).toBe(false);
  const rows = whole.trimEnd().split('\n');
  rows.splice(at % rows.length, 1);
  await writeFile(path, rows.map((row) => `${row}\n`).join(''));
  // The last line can be taken away unseen; who keeps its hash elsewhere sees that too.
  const { ok, head } = verifyAuditLog(path);
  expect(ok && head === (JSON.parse(whole.trimEnd().split('\n').at(-1)!) as { hash: string }).hash).toBe(false);
});
