import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { languageSamples } from '../../test/language-samples.ts';
import { hostileText } from '../../test/hostile-text.ts';
import { runs } from '../../test/runs.ts';
import { renderBody } from './render-body.ts';
import { stuff, unstuff } from './stuffing.ts';

/** Tokens of model families and tags of harnesses, by family. Each must be parted, whatever surrounds it. */
const tokens: Record<string, readonly string[]> = {
  minimax: [']~!b[', ']~b]', '[e~[', ']!p~[', ']!d~[', ']<]image[>['],
  exaone: ['[|system|]', '[|user|]', '[|assistant|]', '[|endofturn|]'],
  seed: ['<seed:bos>', '<seed:eos>', '<seed:think>', '</seed:think>'],
  baichuan: ['<reserved_106>', '<reserved_107>'],
  gemma: ['<turn|>', '<|turn>', '<tool_call|>', '<channel|>', '<start_of_turn>', '<end_of_turn>', '<unused99>'],
  mistral: ['[THINK]', '[/THINK]', '[ARGS]', '[CALL_ID]', '[IMG_END]', '[/INST]', '[MODEL_SETTINGS]', '[control_8]'],
  cohere: ['<BOS_TOKEN>', '<EOS_TOKEN>', '<|START_OF_TURN_TOKEN|>', '<PAD>'],
  glm: ['<sop>', '<eop>', '[gMASK]', '[sMASK]'],
  nemotron: ['<SPECIAL_11>', '<SPECIAL_12>'],
  bert: ['[CLS]', '[SEP]', '[unused1]', '[PAD]'],
  infill: ['<fim_prefix>', '<fim-suffix>', '<PRE>', '<SUF>', '<MID>', '<EOT>', '<|fim_middle|>', '<｜fim▁begin｜>'],
  mistralInfill: ['[PREFIX]', '[SUFFIX]', '[MIDDLE]'],
  deepseek: ['<｜User｜>', '<｜end▁of▁sentence｜>', '<｜tool▁calls▁begin｜>'],
  sentencepiece: ['<0x0A>', '<extra_id_0>', '<s>', '</s>', '<unk>'],
  harness: [
    '<system-reminder>',
    '</system-reminder>',
    '<function_results>',
    '<function_calls>',
    '<tool_result>',
    '<invoke name="pay">',
    '<parameter name="to">',
    '<function=pay>',
    '<tool_use_error>',
    '<command-name>',
    '<user_query>',
    '<environment_details>',
    '<user-prompt-submit-hook>',
    '<system>',
    '</assistant>',
  ],
  lookAlike: [
    '＜system-reminder＞',
    '<ѕystem-reminder>',
    '<ｓｙｓｔｅｍ>',
    '[ＴＨＩＮＫ]',
    '【THINK】',
    '‹tool_result›',
    '<¦im_end¦>',
    '<thínk>',
  ],
};
const all = Object.values(tokens).flat();

describe.each(Object.entries(tokens))('%s', (_family, samples) => {
  it.each(samples)('%s is parted, alone, in words and split by what is taken out', (token) => {
    for (const text of [token, `a${token}b`, `${token}${token}`]) {
      const { text: shown, stuffed } = renderBody(text);
      expect(shown).not.toContain(token);
      expect(stuffed).toBeGreaterThan(0);
      expect(unstuff(shown)).toBe(text);
    }
    for (const hidden of ['\u200B', '\u{E0041}', '\u2060', '\uFE0F', '\u00AD']) {
      const split = Array.from(token).join(hidden);
      expect(renderBody(split).text).not.toContain(token);
    }
  });
});

/** What people write in brackets. */
const ordinary = [
  'It costs < $5 or > $3, <3 and 5<6; a<b and b>c.',
  '<T>, <S>, Array<User>, Promise<System>, Vec<u8>, vector<size_t>, Map<string, Array<number>>, Option<&str>',
  '#include <unordered_map>\n#include <sys/time.h>\n#include <string_view>',
  '<div class="x"><b>bold</b><br/><h1>Title</h1><user-card></user-card><svg:rect/><!-- note --></div>',
  '<your_name>, <file_name>, <first_name>, <image_url>, <message_id>, <error>, <output>, <summary>',
  '- [x] done\n- [ ] open\n[link](https://example.org) [1] [^1] [[wiki]] [RFC 2119] [TODO] [WIP] [INFO] [ERROR]',
  'http://[2001:db8::1]:8080/ [FE80::1] [::ffff:10.0.0.1]',
  'arr[MAX_SIZE] a[i]~b [a-z]~ x[0]![1] m[mask] usage: tool [options] [args] <user@example.org> <https://a.b>',
  'if (a <user && b) return x |> f; let y = [|1; 2|]; [|x|]; ~[x]~ f <$> g',
  '[YOUR_NAME] [COMPANY_NAME] [EXTERNAL] [/b] [quote]',
];

it.each([...ordinary, ...Object.values(languageSamples)])('ordinary text stays as it is: %s', (text) => {
  expect(renderBody(text).text).toBe(text);
});

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(...all),
    fc.constantFrom(...Array.from('<>[]/|~!\\= _:-'), 'bos', 'im', 'THINK', 'e~[', ']<]', '\\\\', '<|', '|>'),
    fc.string({ maxLength: 3 }),
  ),
  { maxLength: 24 },
);

test.prop(
  [
    fc.oneof(
      pieces.map((parts) => parts.join('')),
      hostileText,
    ),
  ],
  runs(1_500),
)('parting is undone for any text, and no token is left or made by it', (text) => {
  const stuffed = stuff(text);
  expect(unstuff(stuffed)).toBe(text);
  expect(all.filter((token) => stuffed.includes(token))).toEqual([]);
});

describe('tokens that the operator named', () => {
  it('are parted after their first character, also when they overlap', () => {
    expect(renderBody('say @@turn@@ now', { modelTokens: ['@@turn@@'] }).text).toBe('say @\\@turn@@ now');
    const { text, stuffed } = renderBody('aaaaaaaa', { modelTokens: ['aaa'] });
    expect(text).not.toContain('aaa');
    expect(stuffed).toBeGreaterThan(0);
  });

  test.prop(
    [fc.string({ minLength: 2, maxLength: 6 }), fc.array(fc.string({ maxLength: 8 }), { maxLength: 20 })],
    runs(500),
  )('none is left in any text', (token, parts) => {
    fc.pre(/^[\x21-\x5B\x5D-\x7E]{2,}$/.test(token));
    expect(renderBody(parts.join(token), { modelTokens: [token] }).text).not.toContain(token);
  });
});
