import { secretFile } from './delivery-facts.ts';
import type { VariableFacts } from './fact-types.ts';

const template = 'an https URL with {digest} in its path, or http on loopback or an allowed private network';

/** Of the place to which files go that are sent from elsewhere. */
export const uploadFacts = {
  XMTP_UPLOAD_URL: {
    expected: template,
    help: 'Where remote attachments are put, encrypted, by PUT; {digest} becomes their SHA-256. A query that allows writing stays here.',
  },
  XMTP_UPLOAD_URL_FILE: { expected: secretFile, help: 'File that holds it instead.' },
  XMTP_UPLOAD_PUBLIC_URL: {
    expected: 'such a URL, with {digest} in its path or query',
    help: 'Where others read them; it stands in messages.',
    default: 'XMTP_UPLOAD_URL without its query',
  },
  XMTP_UPLOAD_HEADERS: {
    expected: 'a JSON object of header names and values',
    help: 'Further headers of the PUT, such as {"x-ms-blob-type":"BlockBlob"}.',
  },
  XMTP_UPLOAD_HEADERS_FILE: { expected: secretFile, help: 'File that holds them instead.' },
  XMTP_UPLOAD_S3_KEY_ID: {
    expected: 'the id of an access key',
    help: 'Signs the PUT as S3 wants it (AWS Signature Version 4).',
  },
  XMTP_UPLOAD_S3_SECRET: { expected: 'the secret of that access key', help: 'Its secret.' },
  XMTP_UPLOAD_S3_SECRET_FILE: { expected: secretFile, help: 'File that holds the secret instead.' },
  XMTP_UPLOAD_S3_REGION: {
    expected: 'the name of a region',
    help: 'Region of the bucket.',
    default: 'by the host, else us-east-1',
    echo: true,
  },
  XMTP_UPLOAD_MAX: {
    expected: 'a whole number from 1 to 100000000',
    help: 'Largest file that is uploaded, bytes.',
    default: '10000000',
    echo: true,
  },
  XMTP_UPLOAD_TIMEOUT: {
    expected: 'milliseconds from 100 to 3600000',
    help: 'How long one upload may take.',
    default: '60000',
    echo: true,
  },
  XMTP_UPLOAD_PRIVATE: {
    expected: 'true or false',
    help: 'Allow upload URLs on private networks. Loopback is always allowed.',
    default: 'false',
    echo: true,
  },
} as const satisfies Record<string, VariableFacts>;
