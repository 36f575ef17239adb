import type { ComponentChildren } from 'preact';
import type { Data } from '../api/use-data.ts';
import { texts } from '../texts.ts';
import { Problem } from './problem.tsx';

/** What was read, once it is there. */
export function Reading<T>({ data, children }: { data: Data<T>; children: (value: T) => ComponentChildren }) {
  return (
    <>
      {data.error !== null && <Problem error={data.error} />}
      {data.value !== null ? children(data.value) : data.error === null && <p class="quiet waiting">{texts.loading}</p>}
    </>
  );
}
