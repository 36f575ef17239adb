/** What every command of a SKILL.md names. */
interface Mailbox {
  base: string;
  id: string;
}

/**
 * A command without a body, fenced.
 * @param mailbox.options Further options of curl. @default none
 */
export function curl(path: string, { base, id, options = '' }: Mailbox & { options?: string }): string {
  return fence(
    `curl -sS${options === '' ? '' : ` ${options}`} "${base}${path}" ${headers(id)} ${token}\n${tokenLines}`,
  );
}

/** One with a body of JSON, in a here-document into which nobody outside can write its end. */
export function heredoc(
  path: string,
  { base, id, body, key, delimiter }: Mailbox & { body: string; key: string; delimiter: string },
): string {
  return fence(`curl -sS -X POST "${base}${path}" ${headers(id)} \\
  -H "Content-Type: application/json" -H "Idempotency-Key: ${key}" --data-binary @- ${token} <<'${delimiter}'
${tokenLines}
${body}
${delimiter}`);
}

const headers = (id: string) => `-H @/dev/fd/3 -H "Xmtp-Agent: ${id}"`;

const fence = (command: string) => `\`\`\`sh\n${command}\n\`\`\``;

// The words of a here-document are in no argument list, and the shell does not look into what a variable held.
const token = '3<<XMTP_TOKEN';
const tokenLines = `\${XMTP_API_TOKEN:+Authorization: Bearer $XMTP_API_TOKEN}
XMTP_TOKEN`;
