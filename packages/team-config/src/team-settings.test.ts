import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseTeamConfig } from './parse-team-config.ts';
import { teamJsonSchema } from './team-json-schema.ts';

const settings = (text: string, index = 0) => parseTeamConfig(text).agents[index]?.xmtp;

test('what had to be exported by hand stands in the team file, and the nearest wins', () => {
  const text = `
xmtp: { env: dev, apiUrl: "http://localhost:5556", hostsFile: hosts.yaml, webhook: { url: "https://a.example/h", secretFile: hook.secret } }
defaults: { xmtp: { env: local, passphraseFile: "secrets/\${name}" } }
agents: [{ name: a }, { name: b, xmtp: { env: production, agentUrl: "http://localhost:7000/\${name}" } }]`;
  expect(settings(text)).toMatchObject({
    env: 'local',
    apiUrl: 'http://localhost:5556',
    hostsFile: 'hosts.yaml',
    passphraseFile: 'secrets/a',
    delivery: { kind: 'webhook', url: 'https://a.example/h', secretFile: 'hook.secret' },
  });
  expect(settings(text, 1)).toMatchObject({
    env: 'production',
    passphraseFile: 'secrets/b',
    delivery: { kind: 'rest-ap', url: 'http://localhost:7000/b' },
  });
});

test('files are uploaded where the nearest level says, and no secret stands in the team file', () => {
  const text = `
xmtp: { upload: { urlFile: "secrets/\${name}.url", headersFile: h.json, maxBytes: 5 } }
agents: [{ name: a }, { name: b, xmtp: { upload: { url: "https://s3.example/\${name}/{digest}", s3: { keyId: AKID, secretFile: s3 } } } }]`;
  const none = { url: null, urlFile: null, publicUrl: null, headersFile: null, s3: null, maxBytes: null };
  expect(settings(text)?.upload).toEqual({ ...none, urlFile: 'secrets/a.url', headersFile: 'h.json', maxBytes: 5 });
  expect(settings(text, 1)?.upload).toEqual({
    ...none,
    url: 'https://s3.example/b/{digest}',
    s3: { keyId: 'AKID', secretFile: 's3', region: null },
  });
  const abroad =
    'xmtp: { upload: { url: "https://s3.example/{digest}", s3: { keyId: AKID, secretFile: "${name}.s3", region: eu-1 } } }';
  expect(settings(`${abroad}\nagents: [{ name: a }]`)?.upload).toMatchObject({
    s3: { keyId: 'AKID', secretFile: 'a.s3', region: 'eu-1' },
  });
  expect(settings('agents: [{ name: a }]')?.upload).toBeNull();
});

test('the team file says what its agents run in, and where', () => {
  const text = `
xmtp: { for: claude, mcp: true }
defaults: { xmtp: { workspace: "../\${name}" } }
agents: [{ name: a }, { name: b, xmtp: { for: [codex, cursor, codex], mcp: false } }, { name: c, xmtp: { for: [] } }]`;
  expect(settings(text)).toMatchObject({ for: ['claude'], mcp: true, workspace: '../a' });
  expect(settings(text, 1)).toMatchObject({ for: ['codex', 'cursor'], mcp: false, workspace: '../b' });
  expect(settings(text, 2)?.for).toEqual([]);
  expect(settings('agents: [{ name: a }]')).toMatchObject({ for: null, mcp: null, workspace: null });
});

test.each([
  ['xmtp: {for: emacs}\nagents: []', 'Invalid'],
  ['xmtp: {mcp: "yes"}\nagents: []', 'must be a boolean'],
  ['xmtp: {upload: {url: "https://a.example/all"}}\nagents: []', 'must hold {digest}'],
  ['xmtp: {upload: {maxBytes: 5}}\nagents: []', 'must have one of url and urlFile'],
  ['xmtp: {upload: {url: "https://a/{digest}", s3: {keyId: a, secret: b}}}\nagents: []', 'is not a known setting'],
  ['agents: [{name: a, xmtp: {port: 6000}}]', 'web clients refuse'],
  ['agents: [{name: a, xmtp: {port: 10080}}]', 'web clients refuse'],
  ['xmtp: {env: prod}\nagents: []', 'Invalid option'],
  ['xmtp: {apiUrl: "file:///x"}\nagents: []', 'must be an http or https URL'],
  ['xmtp: {webhook: {url: "http://a", secret: x}}\nagents: []', 'is not a known setting'],
  ['agents: [{name: a, xmtp: {agentUrl: "http://a", webhook: {url: "http://b"}}}]', 'keep one'],
  ['team: {allow: everybody}\nagents: []', 'may hold nothing but'],
  ['team: {shared: "yes"}\nagents: []', 'must be true or false'],
  ['team: {alow: each-other}\nagents: []', 'is not a known setting'],
  ['team: 7\nagents: []', 'must be a name, or a map'],
])('%s is refused', (text, why) => {
  expect(() => parseTeamConfig(text)).toThrow(why);
});

test('a team is a name, or a map that may let its members hear each other', () => {
  expect(parseTeamConfig('team: t\nagents: []')).toMatchObject({ team: 't', allowsEachOther: false });
  expect(parseTeamConfig('team: {name: t}\nagents: []')).toMatchObject({ team: 't', allowsEachOther: false });
  const open = parseTeamConfig('team: {name: t, allow: each-other}\nagents: []');
  expect(open).toMatchObject({ team: 't', allowsEachOther: true });
  expect(parseTeamConfig('agents: []')).toMatchObject({ team: null, allowsEachOther: false, shared: null });
  expect(parseTeamConfig('team: {shared: true}\nagents: []')).toMatchObject({ team: null, shared: true });
});

test('the wallet of an agent stands in its env, and templates are filled in', () => {
  const team = parseTeamConfig(`
version: "1"
team: crew
onchain: { register: true, chainId: 8453, registryAddress: "0x92DF3A4CB6827Bf199FdAd429B36622f0C8167F0" }
org: { groups: { technical: { lead: lead, members: [lead, dev] } }, tags: { x: [dev] } }
defaults:
  runtime: claude-code-cli
  model: opus
  dangerouslySkipPermissions: true
  verbose: "true"
  apiKey: \${env:ID_AGENT_API_KEY}
  container: { memory: 1g, cpus: 0.5 }
  plugins: [{ name: id-rest-ap, path: ../plugins/id-rest-ap }]
  env: { OWS_WALLET: "\${team}-\${name}", LOG: debug }
  skills: [identity, inter-agent, catalog, wallet, xmtp]
agents:
  - name: lead
    description: Plans the work.
    workingDirectory: /srv/lead
    heartbeat: { interval: 86400, message: look }
  - name: dev
    agent: coder
    allowedTools: [Read, Bash]
    env: { OWS_WALLET: dev-wallet, RATE: 3, DEBUG: true }
`);
  expect(team.agents.map(({ wallet }) => wallet)).toEqual(['crew-lead', 'dev-wallet']);
});

test('the published JSON Schema is that of the parser', () => {
  const path = new URL('../team.schema.json', import.meta.url);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(JSON.stringify(teamJsonSchema())));
});
