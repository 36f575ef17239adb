import type { Trouble } from './raise-storm.ts';
import type { Equipment, Scene, TroubleKind } from './troubles/kind.ts';
import { kinds as allKinds } from './troubles/kinds.ts';

/** What all kinds of a run bring, as one. */
export interface Kit {
  env: (player: string) => Record<string, string>;
  /** One kind after the other. */
  prepare(scene: Scene): Promise<void>;
  /** Those of the storm, with their kind. */
  troubles(scene: Scene): (Trouble & { kind: string })[];
  /** How often each kind happened. */
  happened: Record<string, number>;
  close(): Promise<void>;
}

/** @param names Kinds that are switched on. One that cannot happen on this machine is told and left out. */
export function equip(options: {
  names: readonly string[];
  folder: string;
  tell: (line: string) => void;
  /** Where the names are looked up. @default every kind that there is */
  kinds?: ReadonlyMap<string, TroubleKind> | undefined;
}): Kit {
  const { names, folder, tell, kinds = allKinds } = options;
  const equipped = new Map<string, Equipment>();
  const happened: Record<string, number> = {};
  for (const name of names) {
    const equipment = kinds.get(name)!.equip(folder);
    if (typeof equipment === 'string') {
      tell(`${name} is left out: ${equipment}`);
      continue;
    }
    equipped.set(name, equipment);
    happened[name] = 0;
  }
  return {
    happened,
    env: (player) => Object.assign({}, ...[...equipped.values()].map((each) => each.env?.(player))),
    async prepare(scene) {
      for (const [name, each] of equipped) {
        if (each.prepare === undefined) continue;
        const start = performance.now();
        happened[name] = await each.prepare(scene);
        tell(`prepared ${name} (${((performance.now() - start) / 1_000).toFixed(1)} s)`);
      }
    },
    troubles: (scene) =>
      [...equipped].flatMap(([kind, each]) => (each.troubles?.(scene) ?? []).map((trouble) => ({ ...trouble, kind }))),
    async close() {
      for (const each of equipped.values()) await each.close?.();
    },
  };
}
