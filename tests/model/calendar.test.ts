import { describe, expect, it } from 'vitest';
import { addDays, dayIn, mondayOf, mondaysBetween, reportWeek } from '../../src/model/calendar.js';

describe('days', () => {
  it.each([
    ['2025-12-31', 1, '2026-01-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2025-03-01', -1, '2025-02-28'],
    ['2025-03-30', 0, '2025-03-30'],
    ['2025-09-28', 7, '2025-10-05'],
  ])('%s and %i days are %s', (from, days, to) => {
    expect(addDays(from, days)).toBe(to);
  });
});

describe('weeks', () => {
  it.each([
    ['2025-06-02', '2025-06-02'],
    ['2025-06-08', '2025-06-02'],
    ['2025-06-09', '2025-06-09'],
    ['2025-01-01', '2024-12-30'],
  ])('of %s begins on Monday, %s', (day, monday) => {
    expect(mondayOf(day)).toBe(monday);
  });

  it('touch the days between, first and last included', () => {
    expect(mondaysBetween('2025-06-08', '2025-06-16')).toEqual(['2025-06-02', '2025-06-09', '2025-06-16']);
    expect(mondaysBetween('2025-06-08', '2025-06-08')).toEqual(['2025-06-02']);
    expect(mondaysBetween('2025-06-09', '2025-06-02')).toEqual([]);
  });
});

describe('reportWeek', () => {
  it.each([
    ['the Sunday that ends it', '2025-06-15', '2025-06-01', '2025-06-15', '2025-06-09'],
    ['a Saturday: the week before', '2025-06-14', '2025-06-01', '2025-06-30', '2025-06-02'],
    ['a Monday: the week before', '2025-06-16', '2025-06-01', '2025-06-30', '2025-06-09'],
    ['data that end first', '2025-12-31', '2025-06-01', '2025-06-14', '2025-06-02'],
    ['data that begin on its Monday', '2025-06-30', '2025-06-09', '2025-06-15', '2025-06-09'],
  ])('is the last whole week: %s', (_case, asOf, first, last, week) => {
    expect(reportWeek(asOf, first, last)).toBe(week);
  });

  it.each([
    ['data that begin on its Tuesday', '2025-06-30', '2025-06-10', '2025-06-15'],
    ['a day before the data', '2025-05-01', '2025-06-02', '2025-06-30'],
    ['one day of data', '2025-06-30', '2025-06-15', '2025-06-15'],
  ])('is null where there is none: %s', (_case, asOf, first, last) => {
    expect(reportWeek(asOf, first, last)).toBeNull();
  });
});

describe('dayIn', () => {
  const evening = new Date('2025-03-09T19:00:00Z');
  it.each([
    ['Asia/Kolkata', evening, '2025-03-10'],
    ['Asia/Kolkata', new Date('2025-03-09T18:29:59Z'), '2025-03-09'],
    ['America/New_York', evening, '2025-03-09'],
    ['America/New_York', new Date('2025-03-09T04:59:59Z'), '2025-03-08'],
    ['America/New_York', new Date('2025-03-10T03:59:59Z'), '2025-03-09'],
    ['Pacific/Auckland', evening, '2025-03-10'],
    ['Pacific/Auckland', new Date('2025-12-31T11:00:00Z'), '2026-01-01'],
    ['Pacific/Auckland', new Date('2025-06-30T11:59:59Z'), '2025-06-30'],
    ['UTC', new Date('2025-01-01T00:00:00Z'), '2025-01-01'],
  ])('%s at %s', (timeZone, moment, day) => {
    expect(dayIn(timeZone, moment)).toBe(day);
  });
});
