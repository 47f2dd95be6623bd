import { expect, it } from 'vitest';
import { currencyCode, localeCode, timeZoneName } from '../../src/format/codes.js';

it.each([
  ['locales', localeCode, ['en', 'en-IN', 'de-DE', 'zh-Hant-TW'], ['', 'en_IN', 'nowhere_at_all', null]],
  ['currencies', currencyCode, ['INR', 'EUR', 'JPY', 'KWD'], ['', 'inr', 'RUPEE', '₹', null]],
  ['time zones', timeZoneName, ['Asia/Kolkata', 'UTC'], ['', 'Mars/Olympus', null]],
])('tells %s from what is none', (_, code, good, bad) => {
  expect(good.filter((text) => !code.safeParse(text).success)).toEqual([]);
  expect(bad.filter((text) => code.safeParse(text).success)).toEqual([]);
});
