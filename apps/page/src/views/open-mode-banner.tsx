import { useStatus } from '../live/live-context.ts';
import { texts } from '../texts.ts';
import { Icon } from '../ui/icon.tsx';

/** Loud, on every view: anybody may write to the model. */
export function OpenModeBanner() {
  if (useStatus()?.mode !== 'open') return null;
  return (
    <p class="open-mode" role="alert">
      <Icon name="alert" />
      <span>{texts.identity.openLoud}</span>
    </p>
  );
}
