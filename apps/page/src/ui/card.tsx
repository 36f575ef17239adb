import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** A part of a view with its heading. */
export function Card({
  title,
  about,
  actions,
  children,
  class: name = '',
}: {
  title: string;
  about?: string;
  actions?: ComponentChildren;
  children: ComponentChildren;
  class?: string;
}) {
  const id = useId();
  return (
    <section class={`card ${name}`} aria-labelledby={id}>
      <header>
        <div>
          <h2 id={id}>{title}</h2>
          {about !== undefined && <p class="quiet">{about}</p>}
        </div>
        {actions}
      </header>
      {children}
    </section>
  );
}
