import fc from 'fast-check';
import { createTask, getTasks } from 'node-cron';
import { describe, expect, it } from 'vitest';
import { EXIT, ReportError } from '../../src/errors.js';
import { parseCron } from '../../src/schedule/cron.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

function refusal(expression: string): ReportError {
  try {
    parseCron(expression, 'board');
  } catch (error) {
    if (error instanceof ReportError) return error;
    throw error;
  }
  throw new Error(`${expression} was not refused`);
}

describe('parseCron', () => {
  it('gives the times of day, rising, and the days', () => {
    const cron = parseCron('30,0 22-1 * * mon', 'board');
    expect(cron.times.map((time) => time / MINUTE)).toEqual([0, 30, 60, 90, 1320, 1350, 1380, 1410]);
    expect(cron.fallsOn(Date.UTC(2026, 10, 23))).toBe(true);
    expect(cron.fallsOn(Date.UTC(2026, 10, 24))).toBe(false);
  });

  it('takes any white space between fields, and the names of common expressions', () => {
    expect(parseCron(' 0\t7  * * 1\n', 'board').expression).toBe('0 7 * * 1');
    expect(parseCron('@weekly', 'board').fallsOn(Date.UTC(2026, 10, 22))).toBe(true);
  });

  it.each([
    ['99 7 * * 1', '"99" as minute', '0 to 59'],
    ['0 25 * * 1', '"25" as hour', '0 to 23'],
    ['0 7 0 * *', '"0" as day of the month', '1 to 31'],
    ['0 7 * 13 *', '"13" as month', '1 to 12'],
    ['0 7 * * someday', '"someday" as day of the week', 'sun to sat'],
    ['0 7 40 13 *', '"40" as day of the month', '1 to 31'],
    ['*/0 * * * *', '"*/0" as minute', '0 to 59'],
    ['0 7 * *', 'is not a cron expression', 'five fields'],
    ['', 'is not a cron expression', 'five fields'],
    ['every Monday', 'is not a cron expression', 'five fields'],
    ['0 0 7 * * 1', 'has six fields', 'no second'],
    ['0 7 * * 1 2026', 'has six fields', 'no second or year'],
  ])('refuses %j', (expression, what, values) => {
    const error = refusal(expression);
    expect(error).toMatchObject({ code: 'cron-invalid', exitCode: EXIT.usage });
    expect(error.message).toContain(`"board": cron "${expression}"`);
    expect(error.message).toContain(what);
    expect(error.hint).toContain(values);
    expect(error.hint).toContain('"0 7 * * 1" is every Monday at 07:00');
  });

  it.each(['0 7 30 2 *', '0 7 31 4,6,9,11 *', '0 7 L-30 2 *', '0 7 31W 2 *', '0 7 8 * 1#1', '0 7 LW * sun'])(
    'refuses %j, which never runs',
    (expression) => {
      expect(refusal(expression).message).toContain('never runs');
    },
  );

  it('takes what seldom runs: 29 February, where it is a Monday', () => {
    const cron = parseCron('0 7 29 2 1', 'board');
    const years = Array.from({ length: 60 }, (_, index) => 2020 + index);
    expect(years.filter((year) => cron.fallsOn(Date.UTC(year, 1, 29)))).toEqual([2044, 2072]);
  });

  it('has day of the month and day of the week meet', () => {
    const cron = parseCron('0 7 13 * fri', 'board');
    const days = Array.from({ length: 365 }, (_, index) => Date.UTC(2026, 0, 1) + index * DAY);
    expect(
      days.filter((day) => cron.fallsOn(day)).map((day) => new Date(day).toISOString().slice(0, 10)),
    ).toEqual(['2026-02-13', '2026-03-13', '2026-11-13']);
  });

  it('means what node-cron means, in every minute', () => {
    const parts = fc.tuple(
      fc.constantFrom('0', '*', '*/17', '5,45', '50-10'),
      fc.constantFrom('7', '*', '*/5', '0,23', '22-2'),
      fc.constantFrom('*', 'L', '1', '13,28', '15W', 'LW', 'L-2', '20-5'),
      fc.constantFrom('*', '2', 'jan-mar', '*/2'),
      fc.constantFrom('*', '1', 'mon-fri', '7', '5L', '1#2', '6-0'),
    );
    const start = Date.UTC(2026, 0, 1);
    fc.assert(
      fc.property(parts, fc.nat(3000), (fields, day) => {
        const [, , dayOfMonth, , weekday] = fields;
        fc.pre(dayOfMonth === '*' || weekday === '*');
        const cron = parseCron(fields.join(' '), 'board');
        const task = createTask(fields.join(' '), () => {}, { timezone: 'UTC' });
        task.destroy();
        const midnight = start + day * DAY;
        const falls = cron.fallsOn(midnight);
        for (let time = 0; time < DAY; time += 7 * MINUTE) {
          const ours = falls && cron.times.includes(time);
          expect(ours).toBe(task.match(new Date(midnight + time)));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('leaves nothing behind with node-cron', () => {
    parseCron('0 7 * * 1', 'board');
    expect(getTasks().size).toBe(0);
  });
});
