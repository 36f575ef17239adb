import { readPrivateFile } from '@xmtp-messaging/errors/files';
import { decodeText } from '@xmtp-messaging/errors';
import { parse } from 'dotenv';

/** The variables of a file that people may share and edit; none when it is not there. @throws FileError */
export async function readEnvFile(path: string): Promise<Record<string, string>> {
  const file = await readPrivateFile(path, { followLinks: true, others: 'write', maxBytes: 4_000_000 });
  const decoded = file === null ? null : decodeText(file.bytes);
  return decoded?.ok ? parse(decoded.text) : {};
}
