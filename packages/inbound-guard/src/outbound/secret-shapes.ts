/** A secret that is known by its shape. */
export interface SecretShape {
  rule: string;
  pattern: RegExp;
}

const name =
  '(?:pass(?:word|phrase|wd)|api[_-]?key|secret(?:[_-]?access)?(?:[_-]?key)?|(?:access|api|auth|bot|refresh|session)[_-]?token)';
const envName =
  '(?:PASS(?:WORD|PHRASE|WD)|SECRET|MNEMONIC|CREDENTIALS?|(?:API|ACCESS|AUTH|ENCRYPTION|MASTER|PRIVATE|SECRET|SIGNING|DEPLOYER)_KEY|(?:API|ACCESS|AUTH|BEARER|BOT|REFRESH|SESSION|DISCORD|GITHUB|GITLAB|HF|NPM|SLACK|TELEGRAM)_TOKEN)(?:_[A-Z0-9]{1,16})?';
/** What stands for a value and is none: `<your key>`, `$TOKEN`, `...`, `[removed: …]`. */
const filled = '(?![<$%{*.[]|your[_-]|(.)\\1{3})';
const phrase = '\\b(?:seed|recovery|mnemonic|secret|backup)(?:[ _-](?:phrase|words?))?\\b';
const seedWord = '(?:\\d{1,2}[.):]?[ \\t]{0,4})?[a-z]{3,8}';

// Quantifiers are bounded or end at a character outside their class, so that no text makes them slow.
export const secretShapes: readonly SecretShape[] = [
  { rule: 'api key', pattern: /\bsk-(?:[a-z]+-){0,3}[\w-]{20,200}/g },
  { rule: 'api key', pattern: /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,200}/g },
  { rule: 'api key', pattern: /\bAIza[\w-]{35}/g },
  { rule: 'api key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { rule: 'access token', pattern: /\bgh[oprsu]_[A-Za-z0-9]{30,255}|\bgithub_pat_\w{40,255}|\bglpat-[\w-]{20,64}/g },
  { rule: 'access token', pattern: /\bxox[abeoprs]-[\w-]{10,200}/g },
  { rule: 'access token', pattern: /\b(?:npm|hf)_[A-Za-z0-9]{30,80}|\bows_key_[\w-]{16,200}/g },
  { rule: 'access token', pattern: /\b\d{8,10}:AA[\w-]{33}/g },
  { rule: 'access token', pattern: /\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{8,2000}/g },
  { rule: 'access token', pattern: /(?<=\bBearer )[\w.~+/-]{20,2000}={0,2}/g },
  { rule: 'webhook secret', pattern: /\bwhsec_[A-Za-z0-9+/_-]{20,200}={0,2}/g },
  { rule: 'password', pattern: /(?<=\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,64}:)[^\s/@]{1,128}(?=@)/gi },
  // NAME="several words" and NAME=word: names of environment variables say enough, whatever the value looks like.
  { rule: 'password', pattern: new RegExp(`(?<=\\b[A-Z0-9_]{0,48}${envName}=")${filled}[^"\\n]{4,200}(?=")`, 'g') },
  {
    rule: 'password',
    pattern: new RegExp(`(?<=\\b[A-Z0-9_]{0,48}${envName}=['"]?)${filled}[^\\s"'\`]{4,200}`, 'g'),
  },
  {
    rule: 'password',
    pattern: new RegExp(
      `(?<=${name}["'\`]?\\s{0,3}[:=]\\s{0,3}["'\`]?)(?=[A-Za-z_]{0,199}[\\d/+=!@#$%^&*-])${filled}(?!0x[0-9a-f]{64}\\b)[^\\s"'\`,;[\\]]{8,200}`,
      'gi',
    ),
  },
  { rule: 'extended private key', pattern: /\b[xyz]prv[1-9A-HJ-NP-Za-km-z]{100,112}\b/g },
  {
    rule: 'seed phrase',
    pattern: new RegExp(
      `(?<=${phrase}(?:[^a-z\\n]{1,12}|[^\\n]{0,60}[:\\n][^a-z]{0,12}))(?:${seedWord}[\\s,;|"']{1,6}){11,23}${seedWord}\\b`,
      'gi',
    ),
  },
];
