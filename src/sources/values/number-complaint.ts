import type { DecimalMark } from '../settings.js';
import type { Complaint, FaultyCell } from './faulty-cell.js';
import { quoted } from './quoted.js';
import {
  amountSpelling,
  countSpelling,
  LARGEST_VALUE,
  numberSpelling,
  percentSpelling,
} from './spellings.js';
import { numberIn } from './written.js';

/** The words for a cell of a count or an amount that is none. */
export function numberComplaint({ text, column, style, currencyDigits, label }: FaultyCell): Complaint {
  const { decimal } = style;
  const other = decimal === '.' ? ',' : '.';
  const spelling = column.type === 'count' ? numberSpelling : amountSpelling;
  const about = (words: string, fix = 'Fix the cell.') => ({ reason: `${quoted(text)} ${words}`, fix });
  const setDecimal = `Set sources.${label}.decimal: "${other}" if the file has a decimal ${NAMES[other]}.`;

  const value =
    numberIn(text, spelling(decimal), decimal) ??
    (column.name === 'rate' ? numberIn(text, percentSpelling(decimal), decimal) : null);
  if (value !== null) {
    const largest = column.type === 'count' ? LARGEST_VALUE : LARGEST_VALUE / 10 ** currencyDigits;
    if (column.type === 'money' || Math.abs(value) > largest)
      return about(`is beyond ±${largest.toLocaleString('en-US')}`);
    const isWholeOtherwise = Number.isInteger(numberIn(text, countSpelling(other), other));
    return about('is not a whole number', isWholeOtherwise ? setDecimal : undefined);
  }
  if (numberIn(text, spelling(other), other) !== null)
    return about(`is not a number with a decimal ${NAMES[decimal]}`, setDecimal);
  if (numberIn(text, percentSpelling(decimal), decimal) !== null)
    return about('is a percentage', 'Write the number itself, without a percent sign.');
  if (column.type === 'count' && numberIn(text, amountSpelling(decimal), decimal) !== null)
    return about('is an amount, not a count', 'Write the bare number.');
  if (SHORTENED.test(text))
    return about('is not a number written in full', 'Write the full number, such as 12500 for 12.5K.');
  return about('is not a number');
}

const NAMES: Record<DecimalMark, string> = { '.': 'point', ',': 'comma' };

const SHORTENED =
  /^\D{0,5}[0-9][0-9.,]*\s?(k|m|mn|mio|million|b|bn|billion|t|l|lac|lakhs?|cr|crores?|thousand)\.?$/iu;
