import { createTask, type ParsedFields, parse, validateDetailed } from 'node-cron';
import { EXIT, ReportError } from '../errors.js';

/** When something runs, on the clock on the wall: at the times of day, on the days that it falls on. */
export interface Cron {
  /** As configured, with single spaces. */
  expression: string;
  /** Milliseconds after midnight, rising; at least one. */
  times: readonly number[];
  /** Whether it runs on a day, given as the day's midnight in UTC, in milliseconds. */
  fallsOn(day: number): boolean;
}

const EXAMPLE = '"0 7 * * 1" is every Monday at 07:00';
const FIELDS: Readonly<Record<string, readonly [name: string, values: string]>> = {
  minute: ['minute', '0 to 59'],
  hour: ['hour', '0 to 23'],
  dayOfMonth: ['day of the month', '1 to 31, or L for the last day'],
  month: ['month', '1 to 12, or jan to dec'],
  dayOfWeek: ['day of the week', '0 to 7 (0 and 7 are Sunday), or sun to sat'],
};
const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * Reads a cron expression of five fields as node-cron means it: where both a day of the month and a day of the week are
 * given, both have to hold.
 *
 * @param schedule - the id of the schedule it belongs to, for the message
 * @throws ReportError `cron-invalid` naming schedule, field and value; also for seconds and for what never runs
 */
export function parseCron(expression: string, schedule: string): Cron {
  const fields = expression.trim().split(/\s+/);
  const plain = fields.join(' ');
  const refuse = (what: string, hint: string) =>
    new ReportError(`schedules, "${schedule}": cron "${plain}" ${what}`, {
      code: 'cron-invalid',
      exitCode: EXIT.usage,
      hint: `${hint} For example, ${EXAMPLE}.`,
    });
  if (fields.length === 6) {
    throw refuse('has six fields', 'Editions have a minute, but no second or year: five fields are needed.');
  }
  const [error] = validateDetailed(plain).errors;
  if (error !== undefined) {
    const [name, values] = FIELDS[error.field] ?? [];
    if (name === undefined) {
      const order = 'minute, hour, day of the month, month, day of the week';
      throw refuse('is not a cron expression', `It takes five fields with spaces between: ${order}.`);
    }
    if (error.field === 'dayOfMonth' && isValidInSomeMonth(fields)) throw neverRuns(refuse);
    throw refuse(
      `has "${error.value}" as ${name}`,
      `The ${name} is ${values}; lists (1,3), ranges (1-5) and */2 too.`,
    );
  }
  const cron = cronOf(plain, parse(plain));
  if (!runsEver(cron)) throw neverRuns(refuse);
  return cron;
}

function neverRuns(refuse: (what: string, hint: string) => ReportError): ReportError {
  return refuse('never runs', 'No year has such a day; a day of the month and one of the week have to meet.');
}

function isValidInSomeMonth([minute, hour, dayOfMonth, , dayOfWeek]: readonly string[]): boolean {
  return validateDetailed([minute, hour, dayOfMonth, '*', dayOfWeek].join(' ')).valid;
}

function cronOf(expression: string, { minute, hour, month }: ParsedFields): Cron {
  const times = [...new Set(hour.flatMap((h) => minute.map((m) => (h * 60 + m) * MINUTE)))].sort(
    (a, b) => a - b,
  );
  const [first = 0] = times;
  const months = new Set(month);
  const task = createTask(expression, () => {}, { timezone: 'UTC' });
  task.destroy();
  return {
    expression,
    times,
    fallsOn: (day) => months.has(new Date(day).getUTCMonth() + 1) && task.match(new Date(day + first)),
  };
}

/** Looks at 28 years in a row, in which a year begins on each day of the week, with and without a leap day. */
function runsEver(cron: Cron): boolean {
  const end = Date.UTC(2029, 0, 1);
  for (let day = Date.UTC(2001, 0, 1); day < end; day += DAY) if (cron.fallsOn(day)) return true;
  return false;
}
