import { texts } from '../texts.ts';
import { Icon } from './icon.tsx';
import { useAction } from './notices.tsx';

/** Puts a text into the clipboard. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const { run } = useAction();
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    return texts.copied;
  };
  return (
    <button type="button" class="plain icon-only" onClick={() => void run(copy)} title={`${texts.copy}: ${what}`}>
      <Icon name="copy" />
      <span class="unseen">
        {texts.copy}: {what}
      </span>
    </button>
  );
}
