/** Whether a setting is a URL with a part in which people put secrets: a user, or a query. */
export function mayHoldSecret(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { username, password, search } = new URL(value);
  return username !== '' || password !== '' || search !== '';
}
