const inbox = 'fcd18d86276d7a99fe522dba9660c420f03c8648785ada7c5daae232a3df77a9';

/** A request to change an inbox, as libxmtp words it. */
export function xmtpText(...actions: readonly string[]): string {
  const list = actions.length > 0 ? actions : ['- Grant messaging access to app\n  (ID: 010203)'];
  const head = `XMTP : Authenticate to inbox\n\nInbox ID: ${inbox}\nCurrent time: 2026-01-01T00:00:00Z`;
  return `${head}\n\n${list.join('\n')}\n\nFor more info: https://xmtp.org/signatures`;
}
