/** A day (YYYY-MM-DD) as a reader writes it: 29 Jun 2026. */
export function dayWords(day) {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** What an input that is not finished needs. */
export function complaintOf({ type, name }) {
  if (type === 'date') return 'This date is not complete yet: it needs a day, a month and a year.';
  return name === 'roas-below'
    ? 'ROAS needs a number, such as 0.8.'
    : 'Followers need a whole number, such as 100000.';
}
