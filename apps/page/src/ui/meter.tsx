/** How much of a limit is used. The number stands beside it in words. */
export function Meter({
  value,
  limit,
  label,
  full = 0.9,
}: {
  value: number;
  limit: number;
  label: string;
  /** The share that is too much. */
  full?: number;
}) {
  const share = limit === 0 ? 0 : value / limit;
  const level = share >= full ? 'full' : share >= full - 0.15 ? 'high' : 'fine';
  return (
    <svg class={`meter ${level}`} viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect width="100" height="4" class="track" />
      <rect width={Math.min(100, Math.max(share > 0 ? 2 : 0, share * 100))} height="4" class="used" />
    </svg>
  );
}
