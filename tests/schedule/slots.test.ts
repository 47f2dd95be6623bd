import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCron } from '../../src/schedule/cron.js';
import {
  asOfDay,
  newestSlots,
  nextSlots,
  type Slot,
  slotName,
  slotsBetween,
} from '../../src/schedule/slots.js';
import { MINUTE, naiveSlots } from './naive-slots.js';

const brief = ({ local, offset, note, meant }: Slot) =>
  `${local}${offset}${note === null ? '' : ` ${note}`}${meant === local ? '' : ` for ${meant}`}`;

function between(expression: string, zone: string, after: string, until: string): string[] {
  return slotsBetween(parseCron(expression, 'board'), zone, new Date(after), new Date(until)).map(brief);
}

describe('slots of a window', () => {
  it('begin after its start and end with its end', () => {
    const window = ['2026-11-16T06:00Z', '2026-11-30T06:00Z'] as const;
    expect(between('0 7 * * 1', 'Europe/Berlin', ...window)).toEqual([
      '2026-11-23T07:00+01:00',
      '2026-11-30T07:00+01:00',
    ]);
    expect(between('0 7 * * 1', 'Europe/Berlin', '2026-11-30T06:00Z', '2026-11-30T06:00Z')).toEqual([]);
    expect(between('0 7 * * 1', 'Europe/Berlin', '2026-12-30T06:00Z', '2026-11-01T06:00Z')).toEqual([]);
    expect(
      between('0 7 * * 1', 'Europe/Berlin', '2026-11-23T05:59:59.999Z', '2026-11-23T06:00Z'),
    ).toHaveLength(1);
  });

  it('keep the time on the wall over both clock changes', () => {
    expect(between('0 7 * * 1', 'Europe/Berlin', '2026-03-22T12:00Z', '2026-04-01T00:00Z')).toEqual([
      '2026-03-23T07:00+01:00',
      '2026-03-30T07:00+02:00',
    ]);
    expect(between('0 7 * * 1', 'America/New_York', '2026-10-25T12:00Z', '2026-11-03T00:00Z')).toEqual([
      '2026-10-26T07:00-04:00',
      '2026-11-02T07:00-05:00',
    ]);
  });
});

describe('where the clock goes forward', () => {
  it.each([
    [
      'Europe/Berlin',
      '30 2 * * *',
      '2026-03-28T12:00Z',
      ['2026-03-29T03:00+02:00 skipped for 2026-03-29T02:30'],
    ],
    [
      'America/New_York',
      '30 2 * * *',
      '2026-03-07T23:00Z',
      ['2026-03-08T03:00-04:00 skipped for 2026-03-08T02:30'],
    ],
    [
      'Australia/Lord_Howe',
      '15 2 * * *',
      '2026-10-03T00:00Z',
      ['2026-10-04T02:30+11:00 skipped for 2026-10-04T02:15'],
    ],
  ])('%s: a time left out runs at the next minute there is', (zone, expression, after, expected) => {
    const until = new Date(Date.parse(after) + 24 * 60 * MINUTE).toISOString();
    expect(between(expression, zone, after, until)).toEqual(expected);
  });

  it('many times left out run once, together with the one that is there', () => {
    expect(between('*/20 * * * *', 'Europe/Berlin', '2026-03-29T00:30Z', '2026-03-29T01:20Z')).toEqual([
      '2026-03-29T01:40+01:00',
      '2026-03-29T03:00+02:00 skipped for 2026-03-29T02:00',
      '2026-03-29T03:20+02:00',
    ]);
  });

  it('what is not of the left-out hour is as ever', () => {
    expect(between('0 3 * * *', 'Europe/Berlin', '2026-03-28T12:00Z', '2026-03-29T12:00Z')).toEqual([
      '2026-03-29T03:00+02:00',
    ]);
  });

  it('a day that was left out as a whole runs as the next begins', () => {
    expect(between('0 7 * * *', 'Pacific/Apia', '2011-12-29T00:00Z', '2011-12-31T12:00Z')).toEqual([
      '2011-12-29T07:00-10:00',
      '2011-12-31T00:00+14:00 skipped for 2011-12-30T07:00',
      '2011-12-31T07:00+14:00',
    ]);
  });
});

describe('where the clock goes back', () => {
  it.each([
    ['Europe/Berlin', '30 2 * * *', '2026-10-24T12:00Z', '2026-10-25T02:30+02:00 twice'],
    ['America/New_York', '30 1 * * *', '2026-10-31T12:00Z', '2026-11-01T01:30-04:00 twice'],
    ['Australia/Lord_Howe', '45 1 * * *', '2026-04-04T00:00Z', '2026-04-05T01:45+11:00 twice'],
  ])('%s: a time that comes twice runs the first time', (zone, expression, after, expected) => {
    const until = new Date(Date.parse(after) + 24 * 60 * MINUTE).toISOString();
    expect(between(expression, zone, after, until)).toEqual([expected]);
  });

  it('each time on the wall runs once: there is a pause of an hour', () => {
    expect(between('*/30 * * * *', 'Europe/Berlin', '2026-10-24T23:30Z', '2026-10-25T02:30Z')).toEqual([
      '2026-10-25T02:00+02:00 twice',
      '2026-10-25T02:30+02:00 twice',
      '2026-10-25T03:00+01:00',
      '2026-10-25T03:30+01:00',
    ]);
  });

  it('a window that begins in the second of the two hours knows of the first', () => {
    expect(between('*/30 * * * *', 'Europe/Berlin', '2026-10-25T01:10Z', '2026-10-25T02:00Z')).toEqual([
      '2026-10-25T03:00+01:00',
    ]);
  });

  it('a day that comes twice runs once', () => {
    expect(between('0 7 * * *', 'Pacific/Kwajalein', '1969-09-29T00:00Z', '1969-10-02T00:00Z')).toEqual([
      '1969-09-30T07:00+11:00 twice',
      '1969-10-01T07:00-12:00',
    ]);
  });
});

it('days of the calendar: leap day, end of month and of year, quarters of an hour', () => {
  expect(between('0 7 29 2 *', 'Asia/Kolkata', '2024-03-01T00:00Z', '2032-03-01T00:00Z')).toEqual([
    '2028-02-29T07:00+05:30',
    '2032-02-29T07:00+05:30',
  ]);
  expect(between('0 7 L * *', 'Asia/Kathmandu', '2027-12-15T00:00Z', '2028-03-01T00:00Z')).toEqual([
    '2027-12-31T07:00+05:45',
    '2028-01-31T07:00+05:45',
    '2028-02-29T07:00+05:45',
  ]);
  expect(between('59 23 31 12 *', 'Pacific/Auckland', '2026-12-30T00:00Z', '2027-01-02T00:00Z')).toEqual([
    '2026-12-31T23:59+13:00',
  ]);
  expect(between('0 0 1 1 *', 'America/New_York', '2026-12-30T00:00Z', '2027-01-02T00:00Z')).toEqual([
    '2027-01-01T00:00-05:00',
  ]);
});

it('names and days are those of the zone', () => {
  const [slot] = nextSlots(
    parseCron('30 0 * * 1', 'board'),
    'Asia/Kolkata',
    new Date('2026-11-20T00:00Z'),
    1,
  );
  expect(slot?.instant.toISOString()).toBe('2026-11-22T19:00:00.000Z');
  expect(slot && slotName(slot)).toBe('2026-11-23T0030+0530');
  expect(slot && asOfDay(slot)).toBe('2026-11-23');
});

describe('many slots', () => {
  it('of which only the newest are kept, with a count of all', () => {
    const cron = parseCron('* * * * *', 'board');
    const until = new Date('2026-11-23T06:00Z');
    const after = new Date('2016-11-23T06:00Z');
    const { slots, count } = newestSlots(cron, 'Europe/Berlin', after, until, 50);
    const minutes = (until.getTime() - after.getTime()) / MINUTE;
    expect(count).toBe(minutes - 10 * 60);
    expect(slots.map(({ instant }) => instant.getTime())).toEqual(
      Array.from({ length: 50 }, (_, index) => until.getTime() - (49 - index) * MINUTE),
    );
  });

  it('fewer than wanted are all there', () => {
    const window = [new Date('2026-11-01T00:00Z'), new Date('2026-11-30T00:00Z')] as const;
    const { slots, count } = newestSlots(parseCron('0 7 * * 1', 'board'), 'UTC', ...window, 50);
    expect([slots.length, count]).toEqual([4, 4]);
    expect(newestSlots(parseCron('0 7 * * 1', 'board'), 'UTC', ...window, 3).slots).toEqual(slots.slice(1));
  });

  it('next ones are as many as asked for, however seldom', () => {
    const cron = parseCron('0 7 29 2 1', 'board');
    const after = new Date('2026-11-23T00:00Z');
    expect(nextSlots(cron, 'Europe/Berlin', after, 3).map(brief)).toEqual([
      '2044-02-29T07:00+01:00',
      '2072-02-29T07:00+01:00',
      '2112-02-29T07:00+01:00',
    ]);
    expect(nextSlots(cron, 'Europe/Berlin', after, 0)).toEqual([]);
  });
});

const zones = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Africa/Cairo',
  'America/Sao_Paulo',
  'Antarctica/Troll',
  'Pacific/Chatham',
  'America/St_Johns',
  'UTC',
);
/** Near the clock changes of the zones above, and anywhere. */
const moments = fc.oneof(
  fc
    .constantFrom(
      ...['2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01', '2026-10-04', '2026-04-05', '2011-12-30'],
      ...['2026-02-15', '2026-03-22', '2026-04-24', '2026-10-29', '2018-11-04', '2018-02-18', '2026-09-27'],
    )
    .chain((day) =>
      fc.integer({ min: -2000, max: 2000 }).map((minutes) => Date.parse(day) + minutes * MINUTE),
    ),
  fc
    .integer({ min: Date.parse('2005-01-01'), max: Date.parse('2035-01-01') })
    .map((time) => Math.floor(time / MINUTE) * MINUTE),
);
const crons = fc
  .tuple(
    fc.constantFrom('0', '30', '*/15', '*', '7,52'),
    fc.constantFrom('2', '1', '0', '*', '*/3', '0-4', '23'),
    fc.constantFrom('*', 'L', '1-15'),
    fc.constantFrom('*', '1', 'sun', 'mon-fri'),
  )
  .map(([minute, hour, day, weekday]) => `${minute} ${hour} ${day} * ${weekday}`);

describe('for any schedule, zone and window', () => {
  it('slots are those of a walk through every minute', () => {
    fc.assert(
      fc.property(
        crons,
        zones,
        moments,
        fc.integer({ min: 0, max: 2000 }),
        (expression, zone, from, minutes) => {
          const until = from + minutes * MINUTE;
          const ours = slotsBetween(parseCron(expression, 'board'), zone, new Date(from), new Date(until));
          expect(ours).toEqual(naiveSlots(expression, zone, from, until));
        },
      ),
      { numRuns: 80 },
    );
  });

  it('slots rise, have names of their own, and parts of a window make the whole', () => {
    const length = fc.integer({ min: 0, max: 60 * 1440 });
    fc.assert(
      fc.property(crons, zones, moments, length, length, (expression, zone, from, first, second) => {
        const cron = parseCron(expression, 'board');
        const [a, b, c] = [from, from + first * MINUTE, from + (first + second) * MINUTE].map(
          (time) => new Date(time),
        );
        if (!a || !b || !c) throw new Error('three moments');
        const whole = slotsBetween(cron, zone, a, c);
        expect([...slotsBetween(cron, zone, a, b), ...slotsBetween(cron, zone, b, c)]).toEqual(whole);
        expect(
          whole.every(({ instant }, index) => index === 0 || instant > (whole[index - 1]?.instant ?? c)),
        ).toBe(true);
        expect(new Set(whole.map(slotName)).size).toBe(whole.length);
        for (const slot of whole) expect(Date.parse(slot.local + slot.offset)).toBe(slot.instant.getTime());
        const next = nextSlots(cron, zone, a, whole.length + 1);
        expect(next.slice(0, -1)).toEqual(whole);
        expect(next.at(-1)?.instant.getTime()).toBeGreaterThan(c.getTime());
      }),
      { numRuns: 50 },
    );
  });
});
