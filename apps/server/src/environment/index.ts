// How the settings of an agent are put together from an environment and files, for programs that start or find servers.
export { agentVariables, layVariables } from './agent-variables.ts';
export { readEnvFile } from './read-env-file.ts';
