const UNITS = [
  [1440, 'day', 'days'],
  [60, 'hour', 'hours'],
  [1, 'minute', 'minutes'],
] as const;

/**
 * A length of time in its two largest units, "2 days 3 hours" or "5 minutes", rounded down.
 *
 * @param milliseconds - not negative
 */
export function durationText(milliseconds: number): string {
  let rest = Math.floor(milliseconds / 60_000);
  const parts = UNITS.map(([minutes, one, many]) => {
    const count = Math.floor(rest / minutes);
    rest -= count * minutes;
    return count === 0 ? '' : `${count} ${count === 1 ? one : many}`;
  });
  const first = parts.findIndex((part) => part !== '');
  if (first === -1) return 'less than a minute';
  return parts
    .slice(first, first + 2)
    .filter((part) => part !== '')
    .join(' ');
}
