const DAY = 86_400_000;

/** The ISO day that lies `days` after (or before) an ISO day. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** How many days the second ISO day lies after the first. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/** The Monday of the week that an ISO day lies in. */
export function mondayOf(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** The Mondays of all weeks that touch the days from `from` to `to`. */
export function mondaysBetween(from: string, to: string): string[] {
  const mondays: string[] = [];
  for (let monday = mondayOf(from); monday <= to; monday = addDays(monday, 7)) mondays.push(monday);
  return mondays;
}

/** The day it is at a moment in an IANA time zone, ISO. */
export function dayIn(timeZone: string, moment: Date): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
    .formatToParts(moment)
    .map(({ type, value }) => [type, value]);
  const { year, month, day } = Object.fromEntries(parts) as Record<string, string>;
  return `${year}-${month}-${day}`;
}

/**
 * The Monday of the week that the report speaks of: the last whole week that ended by the day of the report and by the last day of
 * data. Null where the data do not hold one whole week.
 */
export function reportWeek(asOf: string, firstDay: string, lastDay: string): string | null {
  const end = asOf < lastDay ? asOf : lastDay;
  const monday = addDays(mondayOf(addDays(end, 1)), -7);
  return monday >= firstDay ? monday : null;
}
