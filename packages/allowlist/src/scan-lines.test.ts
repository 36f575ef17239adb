import { atOnce } from '@xmtp-messaging/errors';
import { expect, test } from 'vitest';
import { scanLines } from './scan-lines.ts';

const a = `0x${'a'.repeat(40)}`;

test.each([
  ['a comment without a space before it', `- "${a}"# boss\n`],
  ['a comment without a space behind a name', `- address: "${a}"\n  name: "x"# boss\n`],
  ['an escape', `- "\\x30${a.slice(1)}"\n`],
  ['a doubled quote', `- address: "${a}"\n  name: 'it''s'\n`],
  ['a bare address', `- ${a}\n`],
  ['a bare name that YAML reads as something else', `- address: "${a}"\n  name: null\n`],
  ['a tab', `- address:\t"${a}"\n`],
  ['a carriage return', `- "${a}"\r\n`],
  ['a name of nobody', `- name: "x"\n- "${a}"\n`],
  ['a key of a plain string', `- "${a}"\n  name: "x"\n`],
  ['a key at another depth', `- address: "${a}"\n   name: "x"\n`],
  ['a key twice', `- address: "${a}"\n  address: "${a}"\n`],
])('leaves %s to YAML', (_what, text) => {
  expect(atOnce(scanLines(`- "${a}"\n${text}`)).plain).toBe(false);
});

test('reads the plain form to the end, whether or not a line end is there', () => {
  const text = `- address: "${a}"\n  name: 'x'\n- name: "y" # why\n  address: "${a}"\n- x.eth`;
  for (const whole of [text, `${text}\n`]) {
    const scan = atOnce(scanLines(whole));
    expect(scan).toMatchObject({ plain: true, layout: 'lines' });
    if (!scan.plain) continue;
    expect(
      scan.rows.map(({ id, name }) => [id, name].map((each) => whole.slice(each?.offset ?? whole.length)[0])),
    ).toEqual([
      ['"', "'"],
      ['"', '"'],
      ['x', undefined],
    ]);
    expect(scan.rows.map(({ id, name }) => [id.text, name?.text])).toEqual([
      [a, 'x'],
      [a, 'y'],
      ['x.eth', undefined],
    ]);
    expect(scan.rows.map(({ start, end }) => whole.slice(start, end)).join('')).toBe(whole);
  }
});

test('says where the plain form ends', () => {
  expect(atOnce(scanLines(`  name: "x"\n- "${a}"\n`))).toEqual({ plain: false, offset: 0 });
  expect(atOnce(scanLines(`- "${a}"\n- name: "x"\n`))).toEqual({ plain: false, offset: `- "${a}"\n`.length });
  expect(atOnce(scanLines(`- "${a}"\n# fine\n[]\n`))).toEqual({ plain: false, offset: `- "${a}"\n# fine\n`.length });
});
