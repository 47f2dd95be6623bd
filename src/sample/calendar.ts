const MS_PER_DAY = 86_400_000;
const FIRST_DATE = '2025-07-01';
const LAST_DATE = '2026-06-26';

/** Number of a date within the sample, counted from its first day; negative or too large outside it. */
export function dayOf(isoDate: string): number {
  return (Date.parse(isoDate) - Date.parse(FIRST_DATE)) / MS_PER_DAY;
}

/** The ISO date of a day number. */
export function dateOf(day: number): string {
  return new Date(Date.parse(FIRST_DATE) + day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** How many days the sample covers. The last one is a Friday, so that the last week is partial. */
export const DAYS = dayOf(LAST_DATE) + 1;

/** How much the programme has grown by a day: 1 on the first, 3.5 at the end. */
export function growth(day: number): number {
  return 1 + (2.5 * day) / DAYS;
}

/** How willing people are to buy on a day, around 1: festival season, New Year, hot May, weekends. */
export function season(day: number): number {
  const weekday = new Date(Date.parse(FIRST_DATE) + day * MS_PER_DAY).getUTCDay();
  const weekend = weekday === 0 || weekday === 6 ? 1.15 : 1;
  return (
    weekend *
    (1 +
      0.3 * bump(day, '2025-10-27', 20) +
      0.3 * bump(day, '2026-01-04', 8) -
      0.1 * bump(day, '2026-05-08', 15))
  );
}

function bump(day: number, centre: string, width: number): number {
  const distance = (day - dayOf(centre)) / width;
  return Math.exp((-distance * distance) / 2);
}
