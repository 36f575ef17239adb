import { useEffect, useState } from 'preact/hooks';

export const viewNames = ['overview', 'conversations', 'knocks', 'lists', 'delivery', 'log', 'team'] as const;

export type ViewName = (typeof viewNames)[number];

/** Where in the page one is: `#/AGENT/VIEW/DETAIL`, the agent is empty where there is one. */
export interface Route {
  agent: string;
  view: ViewName;
  detail: string | null;
}

export function parseRoute(hash: string): Route {
  const [, agent = '', view = '', detail = ''] = hash.replace(/^#/u, '').split('/');
  return {
    agent: /^[\w.-]{1,128}$/u.test(agent) ? agent : '',
    view: viewNames.find((name) => name === view) ?? 'overview',
    detail: /^[\w-]{1,128}$/u.test(detail) ? detail : null,
  };
}

export const hrefOf = ({ agent = '', view, detail = null }: Partial<Route> & { view: ViewName }): string =>
  `#/${agent}/${view}${detail === null ? '' : `/${detail}`}`;

export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const follow = () => setRoute(parseRoute(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}
