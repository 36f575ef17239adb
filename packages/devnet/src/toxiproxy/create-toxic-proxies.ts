import { z } from 'zod';
import { createToxicProxy, type ToxicProxy, type ToxicProxyOptions } from './create-toxic-proxy.ts';
import {
  attributesSchema,
  isToxicType,
  type newToxicSchema,
  type ProxyChange,
  type ProxyPlan,
  type Toxic,
  type toxicChangeSchema,
  type ToxicType,
} from './toxic-schema.ts';
import { ToxiproxyError } from './toxiproxy-error.ts';

type Described = ReturnType<ToxicProxy['describe']>;
type ToxicPath = { readonly proxy: string; readonly toxic: string };

/** All proxies by name, with toxiproxy's rules and refusals. */
export interface ToxicProxies {
  readonly list: () => Record<string, Described>;
  /** @throws ToxiproxyError 404 */
  get(name: string): ToxicProxy;
  create(plan: ProxyPlan): Promise<Described>;
  /** Creates those that are not there, and replaces those that differ. */
  populate(plans: readonly ProxyPlan[]): Promise<Described[]>;
  update(name: string, change: ProxyChange): Promise<Described>;
  remove(name: string): Promise<void>;
  /** All are enabled, and without toxics. */
  reset(): Promise<void>;
  addToxic(proxy: string, toxic: z.infer<typeof newToxicSchema>): Toxic;
  getToxic(path: ToxicPath): Toxic;
  changeToxic(path: ToxicPath, change: z.infer<typeof toxicChangeSchema>): Toxic;
  removeToxic(path: ToxicPath): void;
  close(): Promise<void>;
}

export function createToxicProxies(options: Omit<ToxicProxyOptions, 'plan'>): ToxicProxies {
  const proxies = new Map<string, ToxicProxy>();
  let last: Promise<unknown> = Promise.resolve();
  /** One change of a port at a time. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work);
    last = mine.catch(() => {});
    return mine;
  };

  const get = (name: string): ToxicProxy => {
    const proxy = proxies.get(name);
    if (proxy === undefined) throw new ToxiproxyError('proxy not found', 404);
    return proxy;
  };
  const getToxic = ({ proxy, toxic }: ToxicPath): Toxic => {
    const found = get(proxy)
      .toxics()
      .find(({ name }) => name === toxic);
    if (found === undefined) throw new ToxiproxyError('toxic not found', 404);
    return found;
  };
  const add = async (plan: ProxyPlan): Promise<Described> => {
    for (const key of ['name', 'upstream'] as const) {
      if (plan[key] === '') throw new ToxiproxyError(`missing required field: ${key}`, 400);
    }
    if (proxies.has(plan.name)) throw new ToxiproxyError('proxy already exists', 409);
    const proxy = createToxicProxy({ ...options, plan });
    await proxy.update(plan);
    proxies.set(plan.name, proxy);
    return proxy.describe();
  };
  const remove = async (name: string) => {
    const proxy = get(name);
    proxies.delete(name);
    await proxy.close();
  };

  return {
    list: () => Object.fromEntries([...proxies].map(([name, proxy]) => [name, proxy.describe()])),
    get,
    create: (plan) => inTurn(() => add(plan)),
    populate: (plans) =>
      inTurn(async () => {
        const described: Described[] = [];
        for (const plan of plans) {
          const known = proxies.get(plan.name)?.describe();
          const isSame = known?.listen === plan.listen && known.upstream === plan.upstream;
          if (known !== undefined && !isSame) await remove(plan.name);
          described.push(known !== undefined && isSame ? known : await add(plan));
        }
        return described;
      }),
    update: (name, change) =>
      inTurn(async () => {
        const proxy = get(name);
        await proxy.update(change);
        return proxy.describe();
      }),
    remove: (name) => inTurn(() => remove(name)),
    reset: () =>
      inTurn(async () => {
        for (const proxy of proxies.values()) {
          await proxy.update({ enabled: true });
          proxy.setToxics([]);
        }
      }),
    addToxic(name, { type, stream, toxicity, attributes, ...rest }) {
      const proxy = get(name);
      if (stream !== 'upstream' && stream !== 'downstream') {
        throw new ToxiproxyError('stream was invalid, can be either upstream or downstream', 400);
      }
      if (!isToxicType(type)) throw new ToxiproxyError('invalid toxic type', 400);
      const toxic = {
        attributes: readAttributes(type, attributes),
        name: rest.name === '' ? `${type}_${stream}` : rest.name,
        type,
        stream,
        toxicity,
      } as const;
      const known = proxy.toxics();
      if (known.some((other) => other.name === toxic.name)) throw new ToxiproxyError('toxic already exists', 409);
      proxy.setToxics([...known, toxic]);
      return toxic;
    },
    getToxic,
    changeToxic(path, { toxicity, attributes = {} }) {
      const before = getToxic(path);
      const toxic = {
        ...before,
        toxicity: toxicity ?? before.toxicity,
        attributes: readAttributes(before.type, { ...before.attributes, ...attributes }),
      };
      const proxy = get(path.proxy);
      proxy.setToxics(proxy.toxics().map((other) => (other === before ? toxic : other)));
      return toxic;
    },
    removeToxic(path) {
      const gone = getToxic(path);
      const proxy = get(path.proxy);
      proxy.setToxics(proxy.toxics().filter((toxic) => toxic !== gone));
    },
    close: () =>
      inTurn(async () => {
        await Promise.all([...proxies.values()].map((proxy) => proxy.close()));
        proxies.clear();
      }),
  };
}

function readAttributes(type: ToxicType, attributes: Record<string, unknown>): Record<string, number> {
  const parsed = attributesSchema(type).safeParse(attributes);
  if (!parsed.success) throw new ToxiproxyError(`bad request body: ${z.prettifyError(parsed.error)}`, 400);
  return parsed.data;
}
