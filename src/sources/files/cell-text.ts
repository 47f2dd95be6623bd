/** The text of a workbook's cell: dates as ISO (with the time unless it is midnight), TRUE or FALSE, blank as ''. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return value instanceof Date ? dateText(value) : String(value);
}

/** A number as a workbook stores it ("4.5999999999999996", "1E-3") as its shortest decimal text without exponent. */
export function numberText(stored: string): string {
  const number = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(number)) return stored;
  const [digits = '', exponent] = String(Object.is(number, -0) ? 0 : number).split('e');
  return exponent === undefined ? digits : withoutExponent(digits, Number(exponent));
}

function withoutExponent(digits: string, exponent: number): string {
  const sign = digits.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = digits.replace('-', '').split('.');
  return exponent < 0
    ? `${sign}0.${'0'.repeat(-exponent - whole.length)}${whole}${fraction}`
    : `${sign}${whole}${fraction.padEnd(exponent, '0')}`;
}

function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return 'not a date';
  // A time of day is a fraction of a day that is not exact: 12:00:00 may be stored as 11:59:59.9999.
  const [day = '', time = ''] = new Date(date.getTime() + ROUNDING).toISOString().split('T');
  const clock = time.slice(0, 'HH:MM:SS'.length);
  return clock === '00:00:00' ? day : `${day}T${clock}`;
}

/** In milliseconds. */
const ROUNDING = 2;
