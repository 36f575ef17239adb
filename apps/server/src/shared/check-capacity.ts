/** What the system lets this process have; `null` where it does not say. */
export interface ProcessLimits {
  /** Open files (RLIMIT_NOFILE), to which Node raises itself. */
  files: number | null;
  /** Mappings of memory (vm.max_map_count). */
  maps: number | null;
}

/** What an idle agent takes at most, measured with 700 of them (docs/scale.md): connections of its databases, above all. */
const perAgent = { files: 28, maps: 80 };
/** Of the process itself, and of its callers. */
const ownNeeds = { files: 200, maps: 2000 };

/**
 * Why so many agents cannot be in one process; empty when they can. At the limit not the last agents alone would fail, but whichever
 * opens a file or a connection next.
 */
export function checkCapacity(agents: number, limits: ProcessLimits): string[] {
  const checks = [
    ['files', 'open files', 'ulimit -n, LimitNOFILE'],
    ['maps', 'memory mappings', 'sysctl vm.max_map_count'],
  ] as const;
  return checks.flatMap(([kind, what, how]) => {
    const limit = limits[kind];
    const needed = ownNeeds[kind] + agents * perAgent[kind];
    if (limit === null || needed <= limit) return [];
    const most = Math.max(0, Math.floor((limit - ownNeeds[kind]) / perAgent[kind]));
    return [
      `${agents} agents in one process need ${needed} ${what}, and it may have ${limit}, which is enough for ${most}. Raise that (${how}), or make several teams of it.`,
    ];
  });
}
