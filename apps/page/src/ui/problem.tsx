import { describeProblem } from '../api/describe-problem.ts';
import { Icon } from './icon.tsx';

/** What could not be read. */
export function Problem({ error }: { error: unknown }) {
  const { what, next } = describeProblem(error);
  return (
    <p class="problem" role="alert">
      <Icon name="alert" />
      <span>
        {what} {next}
      </span>
    </p>
  );
}
