import { splitHidden } from './split-hidden.ts';

/** Words from outside: text and nothing else, with what is invisible in them made visible, and no say over what stands beside. */
export function InertText({ text, lines = false }: { text: string; lines?: boolean }) {
  return (
    <bdi class={lines ? 'inert lines' : 'inert'} dir="auto">
      {splitHidden(text, { lines }).map((piece) =>
        'text' in piece ? piece.text : <span class="hidden-character">{piece.hidden}</span>,
      )}
    </bdi>
  );
}
