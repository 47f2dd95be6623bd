import { z } from 'zod';

/** A locale as in BCP 47, such as en-IN. */
export const localeCode = z.string().refine(isLocale, 'is not a locale such as en-IN or de-DE');

/** A currency as in ISO 4217, such as INR. */
export const currencyCode = z.string().refine(isCurrency, 'is not a currency code such as INR or EUR');

/** A time zone of the IANA database, such as Asia/Kolkata. */
export const timeZoneName = z.string().refine(isTimeZone, 'is not a time zone such as Asia/Kolkata');

function isLocale(locale: string): boolean {
  return attempt(() => Intl.getCanonicalLocales(locale));
}

function isCurrency(currency: string): boolean {
  return Intl.supportedValuesOf('currency').includes(currency);
}

function isTimeZone(timeZone: string): boolean {
  return attempt(() => new Intl.DateTimeFormat('en', { timeZone }));
}

function attempt(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}
