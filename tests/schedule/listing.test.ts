import { describe, expect, it } from 'vitest';
import { parseCron } from '../../src/schedule/cron.js';
import { listingText, scheduleListing } from '../../src/schedule/listing.js';

const schedule = (id: string, cron: string, zone: string) => ({ id, cron: parseCron(cron, id), zone });

const notes = (cron: string, zone: string, now: string, count = 2) =>
  scheduleListing([schedule('x', cron, zone)], new Date(now), count).map((run) => run.notes);

describe('scheduleListing', () => {
  it('gives the next runs of each schedule with all that a script wants', () => {
    const runs = scheduleListing(
      [schedule('board', '0 7 * * 1', 'Europe/Berlin')],
      new Date('2026-11-20T02:59Z'),
      1,
    );
    expect(runs).toEqual([
      {
        schedule: 'board',
        instant: '2026-11-23T06:00:00.000Z',
        local: '2026-11-23T07:00',
        weekday: 'Mon',
        offset: '+01:00',
        zone: 'Europe/Berlin',
        wait: 'in 3 days 3 hours',
        notes: [],
      },
    ]);
  });

  it('does not list the run of this very moment', () => {
    const [run] = scheduleListing([schedule('x', '0 7 * * 1', 'UTC')], new Date('2026-11-23T07:00Z'), 1);
    expect(run?.local).toBe('2026-11-30T07:00');
  });

  it('marks a changed offset, also against the present', () => {
    expect(notes('0 7 * * 1', 'Europe/Berlin', '2026-03-16T12:00Z', 3)).toEqual([
      [],
      ['offset changes from +01:00 to +02:00'],
      [],
    ]);
    expect(notes('0 7 * * 1', 'America/New_York', '2026-10-30T12:00Z', 2)).toEqual([
      ['offset changes from -04:00 to -05:00'],
      [],
    ]);
  });

  it('marks a time that a clock change leaves out', () => {
    expect(notes('30 2 * * 0', 'Europe/Berlin', '2026-03-22T12:00Z', 1)).toEqual([
      ['clock change: 02:30 does not exist, runs 03:00', 'offset changes from +01:00 to +02:00'],
    ]);
    expect(notes('0 7 * * *', 'Pacific/Apia', '2011-12-30T06:00Z', 1)[0]?.[0]).toBe(
      'clock change: 2011-12-30 07:00 does not exist, runs 2011-12-31 00:00',
    );
  });

  it('marks a time that occurs twice', () => {
    expect(notes('30 2 * * 0', 'Europe/Berlin', '2026-10-20T12:00Z', 2)).toEqual([
      ['clock change: 02:30 occurs twice, runs once, the first time'],
      ['offset changes from +02:00 to +01:00'],
    ]);
  });
});

describe('listingText', () => {
  it('is a table', () => {
    const schedules = [
      schedule('board-weekly', '30 2 * * 0', 'Europe/Berlin'),
      schedule('brand', '0 9 1 * *', 'Asia/Kolkata'),
    ];
    expect(listingText(scheduleListing(schedules, new Date('2026-03-28T23:00Z'), 2))).toBe(
      [
        'SCHEDULE      NEXT RUNS             OFFSET  ZONE           WHEN',
        'board-weekly  Sun 2026-03-29 03:00  +02:00  Europe/Berlin  in 2 hours          clock change: 02:30 ' +
          'does not exist, runs 03:00; offset changes from +01:00 to +02:00',
        'board-weekly  Sun 2026-04-05 02:30  +02:00  Europe/Berlin  in 7 days 1 hour',
        'brand         Wed 2026-04-01 09:00  +05:30  Asia/Kolkata   in 3 days 4 hours',
        'brand         Fri 2026-05-01 09:00  +05:30  Asia/Kolkata   in 33 days 4 hours',
      ].join('\n'),
    );
  });

  it('says so where there is no schedule', () => {
    expect(listingText(scheduleListing([], new Date('2026-03-28T23:00Z'), 2))).toBe(
      'No schedule is configured.',
    );
  });
});
