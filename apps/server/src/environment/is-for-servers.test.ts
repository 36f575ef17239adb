import { expect, test } from 'vitest';
import { environmentSchema } from '../config/variables.ts';
import { isForServers } from './is-for-servers.ts';

test('every setting of a server is for servers, but for what any program may read', () => {
  const others = Object.keys(environmentSchema.shape).filter((name) => !isForServers(name));
  expect(others.toSorted()).toEqual(['HOME', 'ID_AGENT_PORT', 'PATH', 'PORT']);
});
