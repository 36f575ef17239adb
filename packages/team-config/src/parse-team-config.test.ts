import { expect, test } from 'vitest';
import { TeamConfigError } from './errors.ts';
import { parseTeamConfig } from './parse-team-config.ts';
import { resolveAgent } from './resolve-agent.ts';

const specification = `version: "1.0"
team: my-team
defaults:
  skills:
    - identity
    - inter-agent
    - catalog
    - wallet
    - xmtp
agents:
  - name: support
    description: "Customer support agent with XMTP messaging"
  - name: public-bot
    description: "Public-facing agent"
    skills: [xmtp]
    xmtp:
      openMode: true
  - name: internal-agent
    description: "Internal team agent"
    skills: [xmtp]
    # openMode defaults to false -- closed mode
`;

/** What a team file that says nothing leaves to the server. */
const serverDefaults = {
  for: null,
  mcp: null,
  workspace: null,
  boundary: null,
  hears: null,
  wakes: null,
  groups: null,
  mixedGroupAnswers: null,
  knocks: null,
  droppedDays: null,
  journalDays: null,
  messagesDays: null,
  strangerBytes: null,
  attachments: null,
  env: null,
  apiUrl: null,
  gatewayHost: null,
  hostsFile: null,
  passphraseFile: null,
  delivery: null,
  knockWebhook: null,
  signalFile: null,
  upload: null,
  port: null,
};

test("the specification's examples", () => {
  const team = parseTeamConfig(specification);
  expect(team).toMatchObject({ version: '1.0', team: 'my-team' });
  expect(resolveAgent(team, 'support')).toEqual({
    name: 'support',
    description: 'Customer support agent with XMTP messaging',
    skills: ['identity', 'inter-agent', 'catalog', 'wallet', 'xmtp'],
    wallet: null,
    xmtp: { ...serverDefaults, openMode: false },
  });
  expect(resolveAgent(team, 'public-bot')).toMatchObject({ skills: { length: 5 }, xmtp: { openMode: true } });
  expect(resolveAgent(team, 'internal-agent').xmtp.openMode).toBe(false);
});

const open = (text: string) => parseTeamConfig(text).agents[0]?.xmtp.openMode;

test.each([
  ['nowhere', 'agents: [{name: a}]', false],
  ['top level', 'xmtp: {openMode: true}\nagents: [{name: a}]', true],
  ['defaults', 'defaults: {skills: [xmtp], xmtp: {openMode: true}}\nagents: [{name: a}]', true],
  ['agent', 'agents: [{name: a, xmtp: {openMode: true}}]', true],
  ['agent, older form', 'agents: [{name: a, openMode: true}]', true],
  ['both forms, agreeing', 'agents: [{name: a, openMode: true, xmtp: {openMode: true}}]', true],
  [
    'agent closes what defaults open',
    'defaults: {xmtp: {openMode: true}}\nagents: [{name: a, xmtp: {openMode: false}}]',
    false,
  ],
  [
    'older form closes what defaults open',
    'defaults: {xmtp: {openMode: true}}\nagents: [{name: a, openMode: false}]',
    false,
  ],
  [
    'defaults close what the top opens',
    'xmtp: {openMode: true}\ndefaults: {xmtp: {openMode: false}}\nagents: [{name: a}]',
    false,
  ],
  ['empty blocks', 'xmtp:\ndefaults:\nagents: [{name: a, xmtp: , skills: , openMode: }]', false],
  ['an alias', 'defaults: {xmtp: &o {openMode: true}}\nagents: [{name: a, xmtp: *o}]', true],
])('H4: openMode, %s', (_where, text, expected) => {
  expect(open(text)).toBe(expected);
});

test('boundary and port reach the agent', () => {
  const text = 'xmtp: {boundary: json}\nagents: [{name: a, xmtp: {port: 4102}}, {name: b, xmtp: {boundary: datamark}}]';
  expect(parseTeamConfig(text).agents.map(({ xmtp }) => xmtp)).toEqual([
    { ...serverDefaults, openMode: false, boundary: 'json', port: 4102 },
    { ...serverDefaults, openMode: false, boundary: 'datamark' },
  ]);
});

test('keys of other skills are left alone', () => {
  const text =
    'model: x\nwallet: {chain: base}\ndefaults: {runtime: docker}\nagents: [{name: a, prompt: hi, catalog: []}]';
  expect(parseTeamConfig(text).agents).toHaveLength(1);
});

function refusal(text: string): string[] {
  try {
    parseTeamConfig(text);
  } catch (error) {
    if (error instanceof TeamConfigError) return [error.code, ...error.metaMessages];
    throw error;
  }
  return ['accepted'];
}

test('every fault is named with its line and column', () => {
  const agent = 'agents:\n  - name: a\n';
  const faults = {
    empty: '',
    'not YAML': 'agents: [',
    'not a map': '- a',
    'no agents': 'team: x\n',
    'agents not a list': 'agents: {name: a}\n',
    'H4: string "true"': `${agent}    xmtp:\n      openMode: "true"\n`,
    'H4: yes': `${agent}    xmtp: {openMode: yes}\n`,
    'H4: 1': `${agent}    openMode: 1\n`,
    'H4: typo inside xmtp': `${agent}    xmtp: {opnMode: true, openMode: false}\n`,
    'H4: typo of xmtp': `${agent}    xtmp: {openMode: false}\n`,
    'H4: XMTP in capitals': `defaults:\n  XMTP: {openMode: false}\n${agent}`,
    'H4: openMode at top level': `openMode: true\n${agent}`,
    'H4: open_mode in defaults': `defaults:\n  open_mode: true\n${agent}`,
    'H4: two forms that disagree': `${agent}    xmtp: {openMode: false}\n    openMode: true\n`,
    'unknown boundary': `xmtp: {boundary: none}\n${agent}`,
    'port for all': `defaults:\n  xmtp: {port: 4101}\n${agent}`,
    'port out of range': `${agent}    xmtp: {port: 70000}\n`,
    'port twice': `${agent}    xmtp: {port: 4101}\n  - name: b\n    xmtp: {port: 4101}\n`,
    'name twice, letter case aside': `${agent}  - name: A\n`,
    'name that leaves the folder': 'agents:\n  - name: ../../etc\n',
    'name of two dots': 'agents:\n  - name: ".."\n',
    'name with a slash': 'agents:\n  - name: a/b\n',
    'no name': 'agents:\n  - description: x\n',
    'skills not a list': 'defaults:\n  skills: xmtp\nagents: []\n',
    'a list that holds itself': 'agents: &a [*a]\n',
    'a list as a mode': 'xmtp: {openMode: [true]}\nagents: []\n',
    'a wrong value behind an alias': 'x: &x {openMode: "true"}\nagents: [{name: a, xmtp: *x}]\n',
    'escapes in a tag': 'agents: !<\u001b[31m\u202etag> []',
    'C1 and reversed order in a key': 'agents: []\nxmtp: {"a\\u009b31m\\u202eb": 1}',
    'unseen characters in the name of the team': 'team: "a\\u200b\\u061c\\U000e0041"\nagents: []',
    'terminal escapes': 'team: "\\e[2J"\nxmtp: {"\\e[2J": 1}\nagents: []\n',
    'version 2': 'version: "2.0"\nagents: []\n',
    'two faults': 'agents:\n  - name: ""\n  - name: b\n    skills: [1]\n',
    'key twice': `${agent}    xmtp: {openMode: false, openMode: true}\n`,
    'merge key': `x: &x {openMode: true}\n${agent}    xmtp: {<<: *x}\n`,
    'custom tag': `${agent}    description: !env HOME\n`,
    'YAML 1.1, where yes is true': `%YAML 1.1\n---\n${agent}    openMode: yes\n`,
  };
  expect(Object.fromEntries(Object.entries(faults).map(([what, text]) => [what, refusal(text)])))
    .toMatchInlineSnapshot(`
      {
        "C1 and reversed order in a key": [
          "TEAM_INVALID",
          "team.yaml:2:29: xmtp["a\\u{9b}31m\\u{202e}b"]: is not a known setting",
        ],
        "H4: 1": [
          "TEAM_INVALID",
          "team.yaml:3:15: agents[0].openMode: must be true or false without quotes, not 1",
        ],
        "H4: XMTP in capitals": [
          "TEAM_INVALID",
          "team.yaml:2:9: defaults.XMTP: is not known; is it "xmtp"?",
        ],
        "H4: openMode at top level": [
          "TEAM_INVALID",
          "team.yaml:1:11: openMode: belongs under "xmtp"",
        ],
        "H4: open_mode in defaults": [
          "TEAM_INVALID",
          "team.yaml:2:14: defaults.open_mode: belongs under "xmtp"",
        ],
        "H4: string "true"": [
          "TEAM_INVALID",
          "team.yaml:4:17: agents[0].xmtp.openMode: must be true or false without quotes, not "true"",
        ],
        "H4: two forms that disagree": [
          "TEAM_INVALID",
          "team.yaml:4:15: agents[0].openMode: contradicts "xmtp.openMode"; keep the latter",
        ],
        "H4: typo inside xmtp": [
          "TEAM_INVALID",
          "team.yaml:3:21: agents[0].xmtp.opnMode: is not a known setting",
        ],
        "H4: typo of xmtp": [
          "TEAM_INVALID",
          "team.yaml:3:11: agents[0].xtmp: is not known; is it "xmtp"?",
        ],
        "H4: yes": [
          "TEAM_INVALID",
          "team.yaml:3:22: agents[0].xmtp.openMode: must be true or false without quotes, not "yes"",
        ],
        "YAML 1.1, where yes is true": [
          "TEAM_SYNTAX",
          "team.yaml:1:1: only YAML 1.2 is read; remove the %YAML line",
        ],
        "a list as a mode": [
          "TEAM_INVALID",
          "team.yaml:1:18: xmtp.openMode: must be true or false without quotes, not a list",
        ],
        "a list that holds itself": [
          "TEAM_INVALID",
          "team.yaml:1:13: agents[0]: must be a map, not a list",
        ],
        "a wrong value behind an alias": [
          "TEAM_INVALID",
          "team.yaml:1:18: agents[0].xmtp.openMode: must be true or false without quotes, not "true"",
        ],
        "agents not a list": [
          "TEAM_INVALID",
          "team.yaml:1:9: agents: must be a list of agents",
        ],
        "custom tag": [
          "TEAM_SYNTAX",
          "team.yaml:3:18: Unresolved tag: !env",
          "team.yaml:3:23: the tag "!env" is not allowed",
        ],
        "empty": [
          "TEAM_INVALID",
          "team.yaml:1:1: a team file is a map with a list of "agents"",
        ],
        "escapes in a tag": [
          "TEAM_SYNTAX",
          "team.yaml:1:9: Unresolved tag: \\u{1b}[31m\\u{202e}tag",
          "team.yaml:1:22: the tag "\\u{1b}[31m\\u{202e}tag" is not allowed",
        ],
        "key twice": [
          "TEAM_SYNTAX",
          "team.yaml:3:29: Map keys must be unique",
        ],
        "merge key": [
          "TEAM_SYNTAX",
          "team.yaml:4:12: merge keys ("<<") are not read; repeat the settings",
        ],
        "name of two dots": [
          "TEAM_INVALID",
          "team.yaml:2:11: agents[0].name: must be letters, digits, "-", "_" and single dots, at most 63",
        ],
        "name that leaves the folder": [
          "TEAM_INVALID",
          "team.yaml:2:11: agents[0].name: must be letters, digits, "-", "_" and single dots, at most 63",
        ],
        "name twice, letter case aside": [
          "TEAM_INVALID",
          "team.yaml:3:11: agents[1].name: is already the name of an agent above",
        ],
        "name with a slash": [
          "TEAM_INVALID",
          "team.yaml:2:11: agents[0].name: must be letters, digits, "-", "_" and single dots, at most 63",
        ],
        "no agents": [
          "TEAM_INVALID",
          "team.yaml:1:1: agents: must be a list of agents",
        ],
        "no name": [
          "TEAM_INVALID",
          "team.yaml:2:5: agents[0].name: is missing",
        ],
        "not YAML": [
          "TEAM_SYNTAX",
          "team.yaml:1:10: Flow sequence in block collection must be sufficiently indented and end with a ]",
        ],
        "not a map": [
          "TEAM_INVALID",
          "team.yaml:1:1: a team file is a map with a list of "agents"",
        ],
        "port for all": [
          "TEAM_INVALID",
          "team.yaml:2:16: defaults.xmtp.port: only an agent has a "port"",
        ],
        "port out of range": [
          "TEAM_INVALID",
          "team.yaml:3:18: agents[0].xmtp.port: Too big: expected number to be <=65535",
        ],
        "port twice": [
          "TEAM_INVALID",
          "team.yaml:5:18: agents[1].xmtp.port: is already the port of an agent above",
        ],
        "skills not a list": [
          "TEAM_INVALID",
          "team.yaml:2:11: defaults.skills: must be a list, not "xmtp"",
        ],
        "terminal escapes": [
          "TEAM_INVALID",
          "team.yaml:1:7: team: must be one line of visible characters",
          "team.yaml:2:17: xmtp["\\u{1b}[2J"]: is not a known setting",
        ],
        "two faults": [
          "TEAM_INVALID",
          "team.yaml:2:11: agents[0].name: must be letters, digits, "-", "_" and single dots, at most 63",
          "team.yaml:4:14: agents[1].skills[0]: must be text, not 1",
        ],
        "unknown boundary": [
          "TEAM_INVALID",
          "team.yaml:1:18: xmtp.boundary: Invalid option: expected one of "delimit"|"datamark"|"json"|"encode"",
        ],
        "unseen characters in the name of the team": [
          "TEAM_INVALID",
          "team.yaml:1:7: team: must be one line of visible characters",
        ],
        "version 2": [
          "TEAM_INVALID",
          "team.yaml:1:10: version: must be "1.0"; other versions are not known here",
        ],
      }
    `);
});

test('an alias bomb and a huge file are refused', () => {
  const layers = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(9)}]`);
  expect(refusal(['l0: &l0 [x]', ...layers, 'agents: []'].join('\n'))[1]).toContain('Excessive alias count');
  expect(refusal(`# ${'x'.repeat(1024 * 1024)}\n`)[0]).toBe('TEAM_TOO_LARGE');
});

test('an unknown agent is refused with the names there are', () => {
  expect(() => resolveAgent(parseTeamConfig(specification), 'suport')).toThrow(
    expect.objectContaining({ code: 'UNKNOWN_AGENT', message: expect.stringContaining('support, public-bot') }),
  );
});

test('a tab that indents is named with its place', () => {
  for (const [text, line] of [
    ['agents:\n\t- name: a\n', 2],
    ['agents:\n  - name: a\n    xmtp:\n    \topenMode: true\n', 4],
  ] as const) {
    expect(() => parseTeamConfig(text)).toThrow(`team.yaml:${line}:`);
    expect(() => parseTeamConfig(text)).toThrow('indented with a tab; YAML takes spaces only');
  }
});
