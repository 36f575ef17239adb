import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import { DevnetError, invalidOption } from '../errors.ts';
import { hasState } from '../store/has-state.ts';
import { checkReplaceable } from '../store/load-state.ts';
import type { DevnetOptions } from '../types.ts';

/** Where the state comes from and goes to. */
export interface StatePlan {
  readonly loadFrom?: string | undefined;
  readonly dumpTo?: string | undefined;
  readonly everyMs?: number | undefined;
}

/** @throws DevnetError INVALID_OPTION, CANNOT_READ_STATE, CANNOT_WRITE_STATE */
export function planState(options: DevnetOptions): StatePlan {
  const { state, dataDir, dumpEveryMs: everyMs } = options;
  const loadFrom = options.loadState ?? (state !== undefined && hasState(state) ? state : undefined);
  const dumpTo = options.dumpState ?? state;
  if (dataDir !== undefined && (state ?? options.loadState) !== undefined) {
    throw invalidOption({ what: 'state', reason: 'A network with a data folder has its state there. Choose one.' });
  }
  if (everyMs !== undefined && (dumpTo === undefined || !Number.isFinite(everyMs) || everyMs <= 0)) {
    throw invalidOption({ what: 'interval of the state', reason: 'It is above 0 and needs a file to write to.' });
  }
  if (dumpTo !== undefined) {
    checkReplaceable(dumpTo);
    checkFolder(dumpTo);
  }
  return { loadFrom, dumpTo, everyMs };
}

/** Better at the start than at the end, when everything would be lost. */
function checkFolder(path: string): void {
  try {
    accessSync(dirname(path), constants.W_OK);
  } catch (cause) {
    const shortMessage = `The devnet cannot write its state to ${path}.`;
    throw new DevnetError({ code: 'CANNOT_WRITE_STATE', shortMessage, cause });
  }
}
