import { defineConfig } from 'vitepress';
import { rewriteLinks } from './rewrite-links.ts';
import { pages } from './pages.ts';
import { sidebar } from './sidebar.ts';

export default defineConfig({
  title: 'XMTP Messaging',
  description: 'An encrypted mailbox for AI agents, addressed by ENS names and carried by XMTP.',
  lang: 'en',
  // `scripts/gather-pages.mjs` puts them there: those of this folder, and the READMEs.
  srcDir: '.site',
  cleanUrls: true,
  lastUpdated: false,
  metaChunk: true,
  markdown: { config: (parser) => parser.use(rewriteLinks, pages) },
  // The index of the local search is one piece.
  vite: { build: { chunkSizeWarningLimit: 4_000 } },
  themeConfig: {
    search: { provider: 'local' },
    nav: [
      { text: 'Start', link: '/start' },
      { text: 'Guides', link: '/guides/webhook-agent' },
      { text: 'Reference', link: '/reference/http' },
      { text: 'Security', link: '/security' },
    ],
    sidebar,
    outline: [2, 3],
    externalLinkIcon: true,
    socialLinks: [{ icon: 'github', link: 'https://github.com/xmtp-messaging/xmtp-messaging' }],
    footer: { message: 'MIT licence' },
  },
});
