import { describe, expect, it } from 'vitest';
import { parseCron } from '../../src/schedule/cron.js';
import { decideDue } from '../../src/schedule/due.js';

const MINUTE = 60_000;
const once = { run: 'once', maxHoursLate: 24 } as const;
const skip = { run: 'skip', maxHoursLate: 24 } as const;

/** What is decided about Mondays at 7 in Berlin, in words. */
function mondays(
  considered: string | null,
  now: string,
  missed: { run: 'once' | 'skip'; maxHoursLate: number } = once,
) {
  const due = decideDue({
    cron: parseCron('0 7 * * 1', 'board'),
    zone: 'Europe/Berlin',
    missed,
    considered: considered === null ? null : new Date(considered),
    now: new Date(now),
  });
  return {
    run: due.run?.local ?? null,
    skipped: due.skipped.map(({ slot, reason }) => `${slot.local}: ${reason}`),
    count: due.skippedCount,
    considered: due.considered.toISOString(),
  };
}

describe('decideDue', () => {
  it('has nothing to do before the time', () => {
    expect(mondays('2026-11-16T06:00Z', '2026-11-23T05:59:59.999Z')).toEqual({
      run: null,
      skipped: [],
      count: 0,
      considered: '2026-11-23T05:59:59.999Z',
    });
  });

  it('runs a slot when its time has come, and once only', () => {
    const first = mondays('2026-11-23T05:59:50Z', '2026-11-23T06:00Z');
    expect(first).toMatchObject({ run: '2026-11-23T07:00', skipped: [], count: 0 });
    expect(mondays(first.considered, '2026-11-23T06:00Z').run).toBeNull();
    expect(mondays(first.considered, '2026-11-23T06:00:30Z').run).toBeNull();
  });

  it('after three missed slots runs the newest and says what became of the others', () => {
    expect(mondays('2026-11-03T00:00Z', '2026-11-23T09:30Z')).toEqual({
      run: '2026-11-23T07:00',
      skipped: [
        '2026-11-09T07:00: superseded by the edition of 2026-11-23 07:00',
        '2026-11-16T07:00: superseded by the edition of 2026-11-23 07:00',
      ],
      count: 2,
      considered: '2026-11-23T09:30:00.000Z',
    });
  });

  it('runs a slot until it is too late, to the millisecond', () => {
    expect(mondays('2026-11-20T00:00Z', '2026-11-24T06:00Z').run).toBe('2026-11-23T07:00');
    expect(mondays('2026-11-20T00:00Z', '2026-11-24T06:00:00.001Z')).toMatchObject({
      run: null,
      skipped: ['2026-11-23T07:00: 1 day late, more than missed.maxHoursLate: 24 allows'],
      count: 1,
    });
    expect(mondays('2026-11-15T00:00Z', '2026-11-25T10:00Z').skipped).toEqual([
      '2026-11-16T07:00: superseded by the edition of 2026-11-23 07:00',
      '2026-11-23T07:00: 2 days 4 hours late, more than missed.maxHoursLate: 24 allows',
    ]);
  });

  it('is never too late within the minute', () => {
    const strict = { run: 'once', maxHoursLate: 0.001 } as const;
    expect(mondays('2026-11-20T00:00Z', '2026-11-23T06:01Z', strict).run).toBe('2026-11-23T07:00');
    expect(mondays('2026-11-20T00:00Z', '2026-11-23T06:01:01Z', strict).run).toBeNull();
  });

  it('with skip, runs what is at most five minutes late', () => {
    expect(mondays('2026-11-20T00:00Z', '2026-11-23T06:05Z', skip).run).toBe('2026-11-23T07:00');
    expect(mondays('2026-11-20T00:00Z', '2026-11-23T06:12Z', skip)).toMatchObject({
      run: null,
      skipped: ['2026-11-23T07:00: 12 minutes late, and missed.run is "skip"'],
      count: 1,
    });
  });

  it('at the very first looks at the present minute only', () => {
    expect(mondays(null, '2026-11-23T06:00:59.999Z').run).toBe('2026-11-23T07:00');
    expect(mondays(null, '2026-11-23T06:00Z').run).toBe('2026-11-23T07:00');
    expect(mondays(null, '2026-11-23T06:01Z')).toEqual({
      run: null,
      skipped: [],
      count: 0,
      considered: '2026-11-23T06:01:00.000Z',
    });
  });

  it('decides nothing while a clock that was put back catches up, and no slot again', () => {
    const run = mondays('2026-11-20T00:00Z', '2026-11-23T06:00:10Z');
    expect(run.run).toBe('2026-11-23T07:00');
    const back = mondays(run.considered, '2026-11-23T05:30Z');
    expect(back).toEqual({ run: null, skipped: [], count: 0, considered: run.considered });
    const again = mondays(back.considered, '2026-11-23T06:00:20Z');
    expect(again.run).toBeNull();
    expect(mondays(again.considered, '2026-11-30T06:00Z').run).toBe('2026-11-30T07:00');
  });

  it('looked at every hour, runs each slot of a year once, over both clock changes', () => {
    const cron = parseCron('30 2 * * *', 'board');
    let considered: Date | null = new Date('2025-12-31T12:00Z');
    const runs: string[] = [];
    for (let now = considered.getTime(); now < Date.parse('2027-01-01T00:00Z'); now += 60 * MINUTE) {
      const due = decideDue({ cron, zone: 'Europe/Berlin', missed: once, considered, now: new Date(now) });
      considered = due.considered;
      if (due.run !== null) runs.push(due.run.local);
      expect(due.skippedCount).toBe(0);
    }
    expect(runs).toHaveLength(365);
    expect(new Set(runs.map((local) => local.slice(0, 10))).size).toBe(365);
    expect(runs.filter((local) => !local.endsWith('T02:30'))).toEqual(['2026-03-29T03:00']);
  });

  it('lists the newest fifty of many skipped, and counts all', () => {
    const due = decideDue({
      cron: parseCron('* * * * *', 'board'),
      zone: 'Asia/Kolkata',
      missed: once,
      considered: new Date('2016-11-23T06:00Z'),
      now: new Date('2026-11-23T06:00Z'),
    });
    expect(due.run?.local).toBe('2026-11-23T11:30');
    expect(due.skipped).toHaveLength(50);
    expect(due.skipped.at(-1)?.slot.local).toBe('2026-11-23T11:29');
    expect(due.skipped[0]?.slot.local).toBe('2026-11-23T10:40');
    expect(due.skippedCount).toBe(3652 * 1440 - 1);
  });

  it('counts a newest slot that is too late among the fifty', () => {
    const due = decideDue({
      cron: parseCron('0 7 * * *', 'board'),
      zone: 'UTC',
      missed: { run: 'once', maxHoursLate: 1 },
      considered: new Date('2026-01-01T08:00Z'),
      now: new Date('2026-04-11T12:00Z'),
    });
    expect(due.run).toBeNull();
    expect([due.skipped.length, due.skippedCount]).toEqual([50, 100]);
    expect(due.skipped.at(-1)?.reason).toContain('5 hours late');
  });
});
