import { type PagingInfo, SortDirection } from '../gen/xmtp/mls/api/v1/mls_pb.ts';

/** Most rows that one query returns. */
export const maxPageSize = 100;

const maxRowId = 2n ** 63n - 1n;

/** One page to read: rows after (ascending) or before (descending) `cursor`, all of them when it is `null`. */
export interface Page {
  readonly descending: boolean;
  readonly limit: number;
  readonly cursor: bigint | null;
}

/** Newest first unless asked otherwise; a limit that is absent or too large means the largest page. */
export function toPage(paging: PagingInfo | undefined): Page {
  const limit = paging?.limit ?? 0;
  return {
    descending: paging?.direction !== SortDirection.ASCENDING,
    limit: limit > 0 && limit <= maxPageSize ? limit : maxPageSize,
    cursor: paging === undefined || paging.idCursor === 0n ? null : toRowId(paging.idCursor),
  };
}

/** What the answer says about the page: a cursor only when the page is full, so 0 means there is no more. */
export function toPagingInfo(page: Page, ids: readonly bigint[]): Omit<PagingInfo, '$typeName'> {
  return {
    direction: page.descending ? SortDirection.DESCENDING : SortDirection.ASCENDING,
    limit: page.limit,
    idCursor: ids.length >= page.limit ? (ids.at(-1) ?? 0n) : 0n,
  };
}

/** Clients ask for "nothing but new" with a cursor beyond any row; SQLite's integers end at 2^63 - 1. */
export function toRowId(cursor: bigint): bigint {
  return cursor > maxRowId ? maxRowId : cursor;
}
