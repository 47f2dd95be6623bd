import type { Complaint, FaultyCell } from './faulty-cell.js';
import { quoted } from './quoted.js';
import { DATE_WITH_NAME, dateInDigits, SERIAL_NUMBER } from './spellings.js';
import { isDay, isWritten } from './written.js';

/** The words for a cell of a date column that is no date. */
export function dateComplaint({ text, style, label }: FaultyCell): Complaint {
  const { dateOrder, serialDates } = style;
  const about = (words: string, fix = 'Write the date as YYYY-MM-DD.') => ({
    reason: `${quoted(text)} ${words}`,
    fix,
  });
  const isSerial = isWritten(text, SERIAL_NUMBER);
  if (
    isDay(text, dateInDigits(dateOrder)) ||
    isDay(text, DATE_WITH_NAME) ||
    (isSerial && serialDates !== null)
  )
    return about('is not a date from 1900 to 2199');
  if (isSerial && /^[0-9]{5}(?![0-9])/.test(text))
    return about(
      "is not a date, but looks like a spreadsheet's number of one",
      'Format the column as a date in the spreadsheet and export it again.',
    );

  const isDayFirst = isDay(text, dateInDigits('dmy'));
  const isMonthFirst = isDay(text, dateInDigits('mdy'));
  if (!isDayFirst && !isMonthFirst) return about('is not a date');
  if (dateOrder === 'dmy') return about('is not a date with the day first');
  if (dateOrder === 'mdy') return about('is not a date with the month first');
  return about(
    'is not a date with the year first',
    `Write the date as YYYY-MM-DD, or set sources.${label}.dateOrder.`,
  );
}
