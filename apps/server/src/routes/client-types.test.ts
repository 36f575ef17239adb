import openapiTypes, { astToString } from 'openapi-typescript';
import { patient } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { apiDocument } from '../../test/api-document.ts';

const head = `// Generated from GET /openapi.json; \`npm test -- client-types -u\` writes it anew.
`;

test('the types of the client are those of the document', { timeout: patient(30_000) }, async () => {
  const types = astToString(await openapiTypes(apiDocument() as Parameters<typeof openapiTypes>[0]));
  await expect(head + types).toMatchFileSnapshot('../../../../packages/client/src/gen/api.ts');
});
