// Details are printable ASCII without parentheses.
// The texts come from `signature_text` in libxmtp (crates/xmtp_id, unsigned_actions.rs). XIP-46 shows the last line with a slash.
const identityUpdate =
  /^XMTP : Authenticate to inbox\n\nInbox ID: [0-9a-f]{64}\nCurrent time: \d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n\n(?<actions>(?:- [A-Z][a-z ]{1,60}\n {2}\([!-'*-~ ]{1,1000}\)\n)+)\nFor more info: https:\/\/xmtp\.org\/signatures\/?$/;

const installationActions = new Set([
  'Create inbox',
  'Grant messaging access to app',
  'Revoke messaging access from app',
]);
const ownershipActions = new Set([
  'Link address to inbox',
  'Unlink address from inbox',
  'Link passkey to inbox',
  'Unlink passkey from inbox',
  'Change inbox recovery address',
]);

/** Whether `text` is a request to change an XMTP inbox, of any kind, and nothing else. */
export function isXmtpSignatureText(text: string): boolean {
  return hasOnly(text, (action) => installationActions.has(action) || ownershipActions.has(action));
}

/**
 * Whether `text` asks for no more than a mailbox needs: to create its inbox, and to admit or revoke installations.
 * Requests that give others a say over the inbox, such as to link an address, are not among them.
 */
export function isXmtpInstallationText(text: string): boolean {
  return hasOnly(text, (action) => installationActions.has(action));
}

function hasOnly(text: string, isAllowed: (action: string) => boolean): boolean {
  const actions = identityUpdate.exec(text)?.groups?.['actions'];
  if (actions === undefined) return false;
  return [...actions.matchAll(/^- (.+)$/gm)].every(([, action]) => isAllowed(action!));
}
