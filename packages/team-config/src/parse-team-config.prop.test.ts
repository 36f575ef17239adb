import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { TeamConfigError } from './errors.ts';
import { parseTeamConfig } from './parse-team-config.ts';

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 500);
const timeout = Math.max(30_000, numRuns * 5);

const setting = fc.option(fc.boolean(), { nil: undefined });
const skills = fc.option(fc.array(fc.constantFrom('xmtp', 'wallet', 'identity', 'x y', '#')), { nil: undefined });
const xmtp = (openMode: boolean | undefined) => (openMode === undefined ? {} : { xmtp: { openMode } });

test.prop([setting, setting, setting, setting, skills, skills], { numRuns })(
  'the nearest openMode wins and skills are the ordered union',
  (top, shared, older, own, sharedSkills, ownSkills) => {
    fc.pre(older === undefined || own === undefined || older === own);
    const file = {
      ...xmtp(top),
      defaults: { ...xmtp(shared), skills: sharedSkills },
      agents: [{ name: 'a', ...xmtp(own), openMode: older, skills: ownSkills }],
    };
    const [agent] = parseTeamConfig(JSON.stringify(file)).agents;
    const levels = [own, older, shared, top, false].filter((each) => each !== undefined);
    expect(agent?.xmtp.openMode).toBe(levels[0]);
    const all = [...(sharedSkills ?? []), ...(ownSkills ?? [])];
    expect(agent?.skills).toEqual(all.filter((each, index) => all.indexOf(each) === index));
  },
  timeout,
);

const key = fc.constantFrom(
  'agents',
  'defaults',
  'xmtp',
  'openMode',
  'name',
  'skills',
  'version',
  'team',
  'xtmp',
  '<<',
  '__proto__',
  'toString',
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(true, false, null, 1, 'true', 'a', '1.0', '..'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5 }),
  ),
}));
const text = fc.oneof(
  value.map((each) => JSON.stringify(each)),
  fc
    .array(
      fc.constantFrom(
        'agents:',
        '\n',
        '  ',
        '- ',
        'name: a',
        'xmtp:',
        'openMode: ',
        'true',
        '&a ',
        '*a',
        '!x ',
        '[',
        '{',
        '"',
        '#',
        '<<: ',
      ),
      { maxLength: 20 },
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);

test.prop([text], { numRuns })(
  'any text is a team or a TeamConfigError whose places are in the text',
  (input) => {
    try {
      const { agents } = parseTeamConfig(input);
      for (const agent of agents) expect(typeof agent.xmtp.openMode).toBe('boolean');
    } catch (error) {
      if (!(error instanceof TeamConfigError)) throw error;
      expect(error.issues.length).toBeGreaterThan(0);
      const count = input.split('\n').length;
      for (const { line, column } of error.issues) {
        expect(line).toBeGreaterThanOrEqual(1);
        expect(line).toBeLessThanOrEqual(count);
        expect(column).toBeGreaterThanOrEqual(1);
      }
    }
  },
  timeout,
);
