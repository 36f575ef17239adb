import type { UploadOptions } from '@xmtp-messaging/agent';
import type { Environment } from './variables.ts';

/** Secrets of uploads that a file may hold. */
export type UploadSecret = 'XMTP_UPLOAD_URL' | 'XMTP_UPLOAD_HEADERS' | 'XMTP_UPLOAD_S3_SECRET';

/** What the settings of uploads say; `undefined` when there are none. */
export function uploadOptions(
  variables: Environment,
  secret: (name: UploadSecret) => unknown,
  problems: string[],
): UploadOptions | undefined {
  const url = secret('XMTP_UPLOAD_URL') as string | undefined;
  const headers = secret('XMTP_UPLOAD_HEADERS') as Record<string, string> | undefined;
  const secretAccessKey = secret('XMTP_UPLOAD_S3_SECRET') as string | undefined;
  const {
    XMTP_UPLOAD_S3_KEY_ID: accessKeyId,
    XMTP_UPLOAD_S3_REGION: region,
    XMTP_UPLOAD_PUBLIC_URL: publicUrl,
  } = variables;
  const isSet = (name: UploadSecret) => variables[name] !== undefined || variables[`${name}_FILE`] !== undefined;
  if (isSet('XMTP_UPLOAD_S3_SECRET') !== (accessKeyId !== undefined))
    problems.push('XMTP_UPLOAD_S3_KEY_ID and XMTP_UPLOAD_S3_SECRET go together, expected both or none.');
  if (!isSet('XMTP_UPLOAD_URL')) {
    const lone = [publicUrl, accessKeyId, region].some((value) => value !== undefined) || isSet('XMTP_UPLOAD_HEADERS');
    if (lone) problems.push('XMTP_UPLOAD_URL is not set, expected it with the other settings of uploads.');
    return undefined;
  }
  // What could not be read is reported already.
  if (url === undefined) return undefined;
  return {
    url,
    publicUrl,
    headers,
    s3:
      accessKeyId === undefined || secretAccessKey === undefined ? undefined : { accessKeyId, secretAccessKey, region },
    maxBytes: variables.XMTP_UPLOAD_MAX,
    timeoutMs: variables.XMTP_UPLOAD_TIMEOUT,
    allowPrivate: variables.XMTP_UPLOAD_PRIVATE,
  };
}
