import type { ScheduleConfig } from '../config/schedules.js';
import type { Config } from '../config/schema.js';
import { EXIT, ReportError } from '../errors.js';
import { type Edition, editionName, parseEditionName } from '../ledger/edition.js';
import type { Ledger } from '../ledger/open-ledger.js';
import { findRun, type NewRun, runsOfDay } from '../ledger/runs.js';
import { noFilters } from '../model/filters.js';
import { type Audiences, audiencesOf } from './audiences.js';

/** What `send` is asked for. */
export interface SendRequest {
  /** Id of a schedule; the only one unless named. */
  schedule: string | undefined;
  /** Name of an edition to take up again, or to send though its time passed. */
  edition: string | undefined;
  /** Addresses of a trial, in place of the recipients; empty where it is meant. */
  to: readonly string[];
  /** Day of the report, ISO. */
  asOf: string;
  /** Send one more, though the day has its edition. */
  again: boolean;
}

/** The schedule id of trials; their messages say so. */
export const TRIAL = 'test';

/** The edition that a request means, and who gets it. */
export function planSend(
  { schedule: wanted, edition, to, asOf, again }: SendRequest,
  config: Config,
  ledger: Ledger,
  now: Date,
): { run: NewRun; audiences: Audiences } {
  const named = edition === undefined ? null : parsed(edition);
  const schedule = findSchedule(named?.schedule ?? wanted, to, config);
  const audiences = audiencesOf(config.filters, schedule);
  const allowed = schedule.deadlineHours * 3_600_000;
  const times = (due: Date) => ({
    due,
    deadline: new Date(Math.max(due.getTime(), now.getTime()) + allowed),
    giveUp: new Date(now.getTime() + allowed),
  });
  if (named) {
    const { due, asOf: day } = findRun(ledger, named) ?? slotOf(named);
    return { run: { ...named, asOf: day, ...times(due) }, audiences };
  }
  if (to.length > 0) {
    const slot = now.toISOString().replace(/[-:.]/g, '');
    return { run: { schedule: TRIAL, slot, asOf, ...times(now) }, audiences };
  }
  const slot = again ? freeSlot(ledger, schedule.id, asOf) : (ofTheDay(ledger, schedule.id, asOf) ?? asOf);
  return { run: { schedule: schedule.id, slot, asOf, ...times(now) }, audiences };
}

function parsed(name: string): Edition {
  const edition = parseEditionName(name);
  if (edition) return edition;
  throw usage(
    `"${name}" is not the name of an edition.`,
    'It is written like weekly-board/2026-11-23T0700+0100; roi-report runs lists them.',
  );
}

function findSchedule(
  id: string | undefined,
  to: readonly string[],
  { schedules }: Config,
): Pick<ScheduleConfig, 'id' | 'filters' | 'attach' | 'recipients' | 'deadlineHours'> {
  const ids = schedules.map((schedule) => schedule.id).join(', ');
  const found =
    id === undefined
      ? schedules.length === 1
        ? schedules[0]
        : undefined
      : schedules.find((each) => each.id === id);
  if (id !== undefined && !found && !(id === TRIAL && to.length > 0)) {
    throw usage(
      `There is no schedule "${id}".`,
      ids === '' ? 'Describe one under schedules in the configuration.' : `The configuration has: ${ids}.`,
    );
  }
  const trial = to.length === 0 ? undefined : [{ to: [...to] }];
  if (found) return trial ? { ...found, recipients: trial } : found;
  if (trial) return { id: TRIAL, filters: noFilters, attach: ['pdf'], recipients: trial, deadlineHours: 1 };
  throw schedules.length === 0
    ? usage(
        'No schedule is configured, so nobody would get it.',
        'Describe one under schedules in the configuration, or name an address: --to you@example.com.',
      )
    : usage(`There are several schedules: ${ids}.`, 'Name one: --schedule <id>.');
}

/** The edition of a day that is there already; one that reached somebody before others. */
function ofTheDay(ledger: Ledger, schedule: string, asOf: string): string | undefined {
  const runs = runsOfDay(ledger, schedule, asOf).filter(({ state }) => state !== 'skipped');
  const reached = runs.find(({ state }) => state === 'sent' || state === 'partial' || state === 'delivering');
  return (reached ?? runs.at(-1))?.slot;
}

function freeSlot(ledger: Ledger, schedule: string, asOf: string): string {
  let number = 2;
  while (findRun(ledger, { schedule, slot: `${asOf}-${number}` })) number += 1;
  return `${asOf}-${number}`;
}

/** The moment and the day that the name of a slot tells. */
function slotOf({ schedule, slot }: Edition): { due: Date; asOf: string } {
  const [, day = '', hour, minute, offsetHour, offsetMinute] =
    /^(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)([+-]\d\d)(\d\d)$/.exec(slot) ?? [];
  const due = new Date(`${day}T${hour}:${minute}:00${offsetHour}:${offsetMinute}`);
  if (!Number.isNaN(due.getTime())) return { due, asOf: day };
  throw usage(
    `The ledger knows no edition ${editionName({ schedule, slot })}.`,
    'roi-report runs lists those it knows.',
  );
}

function usage(message: string, hint: string): ReportError {
  return new ReportError(message, { code: 'send-usage', exitCode: EXIT.usage, hint });
}
