import { CopyButton } from './copy-button.tsx';
import { shorten } from './format.ts';

/** An address, cut in the middle for the eye and whole for the clipboard. */
export function Address({ address, whole = false }: { address: string; whole?: boolean }) {
  return (
    <span class="address">
      <code title={address}>{whole ? address : shorten(address)}</code>
      <CopyButton text={address} what={shorten(address)} />
    </span>
  );
}
