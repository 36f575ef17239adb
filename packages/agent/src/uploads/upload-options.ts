/** Where files go that are sent from elsewhere. They are encrypted before they leave, under secrets that only the message has. */
export interface UploadOptions {
  /**
   * Where a file is put (HTTP PUT), with `{digest}` in its path: 64 hex digits of the encrypted bytes, and all of the URL that depends on
   * what is sent. A query, such as a signature that allows writing, is kept and given to nobody. https, or http on this machine.
   */
  url: string;
  /** Where others read it, with `{digest}`. It stands in messages. @default `url` without its query */
  publicUrl?: string | undefined;
  /** Further headers of the request, such as `authorization` or `x-ms-blob-type`. @default none */
  headers?: Readonly<Record<string, string>> | undefined;
  /** Sign the request as S3 wants it (AWS Signature Version 4). @default unsigned */
  s3?:
    | {
        accessKeyId: string;
        secretAccessKey: string;
        /** @default by the host, else us-east-1 */
        region?: string | undefined;
      }
    | undefined;
  /** Largest file, before it is encrypted, bytes. @default 10_000_000 */
  maxBytes?: number | undefined;
  /** For one file, milliseconds. @default 60_000 */
  timeoutMs?: number | undefined;
  /** Upload to private networks too, over http there. @default false: the public internet by https, and this machine */
  allowPrivate?: boolean | undefined;
}

/** Of a file, before it is encrypted, bytes. */
export const defaultMaxUpload = 10_000_000;
