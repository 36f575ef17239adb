/** Strokes in a box of 24. */
const paths = {
  overview: 'M4 13h6V4H4zM14 20h6V4h-6zM4 20h6v-3H4z',
  conversations: 'M5 5h14v10H11l-4 4v-4H5z',
  knocks: 'M7 21V4h10v17M4 21h16M14 12h.01',
  lists: 'M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01',
  delivery: 'M3 12l18-8-7 17-3-7z',
  log: 'M6 3h9l4 4v14H6zM14 3v5h5M9 13h7M9 17h7',
  team: 'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 20a6 6 0 0 1 12 0M16 5a3 3 0 0 1 0 6M18 14a6 6 0 0 1 3 6',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  back: 'M15 5l-7 7 7 7',
  file: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  signOut: 'M14 4H5v16h9M10 12h10M17 8l4 4-4 4',
  alert: 'M12 4L2.500 20h19zM12 10v4M12 17h.01',
  check: 'M5 13l4 4L19 7',
  pen: 'M4 20l1-4L16 5l3 3L8 19z',
} as const;

export type IconName = keyof typeof paths;

/** Decoration: whatever it says stands beside it in words. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
