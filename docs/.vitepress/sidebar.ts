import { pages } from './pages.ts';

const link = (text: string, path: string) => ({ text, link: path });
const named = (folder: string) =>
  [...pages.values()]
    .filter((path) => path.startsWith(`${folder}/`) && !path.endsWith('index.md'))
    .map((path) => path.replace(/\.md$/u, ''))
    .toSorted((a, b) => a.localeCompare(b));

/** What stands at the left of every page. */
export const sidebar = [
  link('Start in five minutes', '/start'),
  {
    text: 'Concepts',
    items: [
      link('Identity', '/concepts/identity'),
      link('The list', '/concepts/list'),
      link('The boundary', '/concepts/boundary'),
      link('Delivery', '/concepts/delivery'),
    ],
  },
  {
    text: 'Guides',
    items: [
      link('An agent behind a webhook', '/guides/webhook-agent'),
      link('Frameworks', '/guides/frameworks'),
      link('Tools for a model (MCP)', '/guides/mcp'),
      link('Skills and plugins', '/guides/skills-and-plugins'),
      link('A team', '/guides/team'),
      link('Containers, systemd, Kubernetes', '/deploy'),
      link('Moving a mailbox', '/guides/moving-a-mailbox'),
      link('Backup and restore', '/guides/backup-and-restore'),
      link('The decentralised network', '/decentralised-network'),
      link('Coming from agent-sdk', '/guides/from-agent-sdk'),
      link('Coming from id-agents', '/guides/from-id-agents'),
    ],
  },
  {
    text: 'Running it',
    items: [
      link('Operations', '/operations'),
      link('Security', '/security'),
      link('Performance', '/performance'),
      link('Scale', '/scale'),
    ],
  },
  {
    text: 'Reference',
    items: [
      link('HTTP', '/reference/http'),
      link('Content types', '/content-types'),
      {
        text: 'Packages',
        collapsed: true,
        items: named('packages').map((path) => link(path.slice('packages/'.length), `/${path}`)),
      },
      link('API', '/reference/api/'),
      link('The next SDK', '/nightly'),
      link('Decisions', '/decisions/'),
    ],
  },
  link('Contributing', '/contributing'),
];
